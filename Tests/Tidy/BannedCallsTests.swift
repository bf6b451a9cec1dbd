import Testing

@Suite("Banned calls")
struct BannedCallsTests {
    /// What may not be called, where it may after all, and what to call instead.
    private static let banned: [(call: String, allowed: [String], instead: String)] = [
        ("Date()", [], "Platform.Clock.now"),
        ("UUID()", [], "Randomness.uuid()"),
        ("Task.sleep", ["Sources/Platform/", "Sources/CLI/"], "Clock.sleep(until:)"),
        ("SystemRandomNumberGenerator", ["Sources/Platform/"], "Randomness.bytes(_:)"),
        (".randomElement()", [], "Randomness.string(_:from:)"),
        ("Task.detached", [], "a task group, or a thread of Platform"),
        ("try!", [], "an error, or a precondition with its reason"),
        ("import Foundation", ["Sources/CLI/"], "Platform, or FoundationEssentials with a reason"),
        ("print(", ["Sources/CLI/", "Sources/apus/"], "the logger of the context"),
    ]

    @Test("nothing calls what Platform has a better way for")
    func bannedCalls() {
        for file in SourceTree.files(in: "Sources") {
            for (number, text) in file.code {
                for (call, allowed, instead) in Self.banned where text.contains(call) {
                    guard !allowed.contains(where: { file.path.hasPrefix($0) }) else { continue }
                    Issue.record("\(file.path):\(number): \(call) is banned; use \(instead)")
                }
            }
        }
    }

    @Test("what is unchecked or unsafe says why it is safe")
    func unsafeCodeIsArguedFor() {
        let marks = ["@unchecked Sendable", "nonisolated(unsafe)", "unsafeBitCast"]
        for file in SourceTree.files(in: "Sources", "Support") {
            for (number, text) in file.code where marks.contains(where: { text.contains($0) }) {
                let around = file.lines[max(0, number - 9)..<min(file.lines.count, number + 4)]
                if !around.contains(where: { $0.contains("SAFETY:") }) {
                    Issue.record("\(file.path):\(number): a // SAFETY: line beside it is missing")
                }
            }
        }
    }

    @Test("what is left to do names its issue")
    func unfinishedWork() {
        for file in SourceTree.files(in: "Sources", "Support", "Tests", "Benchmarks")
        where !file.path.hasPrefix("Tests/Tidy/") {
            for (index, line) in file.lines.enumerated() {
                let isUnnamed = line.contains("TODO") && !line.contains("TODO(#")
                if line.contains("FIXME") || isUnnamed {
                    Issue.record("\(file.path):\(index + 1): FIXME, or TODO without an issue")
                }
            }
        }
    }
}
