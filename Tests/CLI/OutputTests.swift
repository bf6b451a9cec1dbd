import Testing

@testable import CLI

@Suite("What the command line reads and writes")
struct OutputTests {
    @Test(
        "durations are read as people write them",
        arguments: [
            ("90", 90), ("90s", 90), ("1.5m", 90), ("10m", 600), ("1h30m", 5400), ("1d", 86_400),
            ("2w", 1_209_600), ("0s", 0),
        ])
    func durations(text: String, seconds: Double) {
        #expect(DurationText.seconds(text) == seconds)
    }

    @Test(
        "what is no duration is none",
        arguments: ["", "d", "1x", "-1d", "1d2", "inf", "nan", "1e3", "0x10", "1 d"])
    func noDurations(text: String) {
        #expect(DurationText.seconds(text) == nil)
    }

    @Test(
        "durations are written with two units",
        arguments: [(0, "0s"), (59, "59s"), (60, "1m"), (3_661, "1h 1m"), (90_061, "1d 1h")])
    func written(seconds: Int64, text: String) {
        #expect(DurationText.text(seconds: seconds) == text)
    }

    @Test(
        "a shell reads back what was meant",
        arguments: [
            (Shell.bash, "http://a:1", "export A=http://a:1"), (.bash, "", "export A=''"),
            (.bash, "a'b $(c)", #"export A='a'\''b $(c)'"#), (.fish, "x y", "set -gx A 'x y'"),
            (.json, "x\"y", #"{"A":"x\"y"}"#),
        ])
    func shells(shell: Shell, value: String, text: String) {
        #expect(shell.text([("A", value)]) == text)
    }
}
