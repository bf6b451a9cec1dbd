import Platform
import Sandbox
import Testing

@Suite("What Lambda writes to a log")
struct PlatformLogTests {
    private let time = Instant(milliseconds: 1_795_251_600_123)

    @Test("START, END and INIT_START are as AWS writes them")
    func lines() {
        #expect(
            PlatformLog.start(requestID: "id", version: "$LATEST")
                == "START RequestId: id Version: $LATEST")
        #expect(PlatformLog.end(requestID: "id") == "END RequestId: id")
        #expect(
            PlatformLog.initStart(
                runtime: "python3.12", version: "python:3.12", region: "eu-west-1")
                == "INIT_START Runtime Version: python:3.12\t"
                + "Runtime Version ARN: arn:aws:lambda:eu-west-1::runtime:python3.12")
        #expect(
            PlatformLog.streamName(at: time, version: "7", suffix: "0f")
                == "2026/11/21/[7]0f")
    }

    @Test("REPORT bills whole milliseconds, the start included")
    func report() {
        let line = PlatformLog.Report(
            requestID: "id", duration: .microseconds(1234), memoryMiB: 128, maxMemoryUsedMiB: 36,
            initDuration: .microseconds(80_120)
        ).line
        #expect(
            line == "REPORT RequestId: id\tDuration: 1.23 ms\tBilled Duration: 82 ms\t"
                + "Memory Size: 128 MB\tMax Memory Used: 36 MB\tInit Duration: 80.12 ms\t")
    }

    @Test("REPORT names what ended an event")
    func reportFailures() {
        func line(_ failure: FunctionFailure) -> String {
            PlatformLog.Report(
                requestID: "id", duration: .seconds(3), memoryMiB: 128, maxMemoryUsedMiB: 36,
                failure: failure
            ).line
        }
        #expect(
            line(.timedOut(requestID: "id", after: .seconds(3))).hasSuffix(
                "Duration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tStatus: timeout"
            ))
        #expect(
            line(.exited(.status(1), requestID: "id")).hasSuffix(
                "\tStatus: error\tError Type: Runtime.ExitError"))
        #expect(line(.reported(errorType: "ValueError", payload: [])).hasSuffix("36 MB\t"))
    }

    @Test(
        "REPORT has a line for a trace, when that is sampled",
        arguments: [
            (
                "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
                "\nXRAY TraceId: 1-5759e988-bd862e3fe1be46a994272793\tSegmentId: 53995c3f42cd8ad8\tSampled: true\t"
            ),
            (
                "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0",
                "36 MB\t"
            ),
            ("nonsense", "36 MB\t"),
        ])
    func trace(header: String, end: String) {
        let line = PlatformLog.Report(
            requestID: "id", duration: .seconds(1), memoryMiB: 128, maxMemoryUsedMiB: 36,
            traceHeader: header
        ).line
        #expect(line.hasSuffix(end))
    }

    @Test(
        "a failure is the document and the line that AWS gives",
        arguments: [
            (
                FunctionFailure.timedOut(requestID: "id", after: .milliseconds(2500)),
                #"{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: id Error: Task timed out after 2.50 seconds"}"#,
                "2026-11-21T09:00:00.123Z id Task timed out after 2.50 seconds\n"
            ),
            (
                .exited(.status(1), requestID: "id"),
                #"{"errorType":"Runtime.ExitError","errorMessage":"RequestId: id Error: Runtime exited with error: exit status 1"}"#,
                "RequestId: id Error: Runtime exited with error: exit status 1\nRuntime.ExitError"
            ),
            (
                .exited(.status(0), requestID: "id"),
                #"{"errorType":"Runtime.ExitError","errorMessage":"RequestId: id Error: Runtime exited without providing a reason"}"#,
                "RequestId: id Error: Runtime exited without providing a reason\nRuntime.ExitError"
            ),
            (
                .exited(.signal(11), requestID: "id"),
                #"{"errorType":"Runtime.ExitError","errorMessage":"RequestId: id Error: Runtime exited with error: signal: segmentation fault"}"#,
                "RequestId: id Error: Runtime exited with error: signal: segmentation fault\nRuntime.ExitError"
            ),
            (
                .exited(.outOfMemory, requestID: "id"),
                #"{"errorType":"Runtime.OutOfMemory","errorMessage":"RequestId: id Error: Runtime exited with error: signal: killed"}"#,
                "RequestId: id Error: Runtime exited with error: signal: killed\nRuntime.OutOfMemory"
            ),
            (
                .responseTooLarge(),
                #"{"errorType":"Function.ResponseSizeTooLarge","errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes)."}"#,
                "Response payload size exceeded maximum allowed payload size (6291556 bytes)."
            ),
        ])
    func failures(failure: FunctionFailure, document: String, line: String) {
        #expect(String(decoding: failure.payload, as: UTF8.self) == document)
        #expect(PlatformLog.failure(failure, at: time) == line)
    }

    @Test(
        "durations are rounded to the last digit that is shown",
        arguments: [
            (Duration.nanoseconds(1_234_999), "1.23"), (.nanoseconds(1_235_000), "1.24"),
            (.zero, "0.00"), (.seconds(3), "3000.00"), (.nanoseconds(999_999), "1.00"),
        ])
    func durations(duration: Duration, text: String) {
        #expect(duration.milliseconds(decimals: 2) == text)
    }

    @Test("the tail is the last 4 KiB of an event's log")
    func tail() {
        var tail = LogTail()
        tail.append("first")
        for number in 0..<1000 { tail.append("line \(number)") }
        let bytes = tail.take()
        #expect(bytes.count == 4096)
        #expect(String(decoding: bytes, as: UTF8.self).hasSuffix("line 998\nline 999\n"))
        #expect(tail.take() == [])
    }

    @Test("as JSON, lines are documents, and those below the level are left out")
    func json() {
        let time = Instant(seconds: 1_700_000_000)
        let logging = FunctionLogging(isJSON: true)
        #expect(
            PlatformLog.start(requestID: "id", version: "7", in: logging, at: time) == [
                #"{"time":"2023-11-14T22:13:20.000Z","type":"platform.start","record":{"requestId":"id","version":"7"}}"#
            ])
        var report = PlatformLog.Report(
            requestID: "id", duration: .microseconds(1234), memoryMiB: 128, maxMemoryUsedMiB: 36,
            initDuration: .milliseconds(80))
        #expect(
            PlatformLog.end(report, in: logging, at: time) == [
                #"{"time":"2023-11-14T22:13:20.000Z","type":"platform.report","record":{"requestId":"id","metrics":{"durationMs":1.234,"billedDurationMs":82,"memorySizeMB":128,"maxMemoryUsedMB":36,"initDurationMs":80.000},"status":"success"}}"#
            ])
        let quiet = FunctionLogging(isJSON: true, systemLevel: .warn)
        #expect(PlatformLog.end(report, in: quiet, at: time) == [])
        report.failure = .timedOut(requestID: "id", after: .seconds(3))
        #expect(
            PlatformLog.end(report, in: quiet, at: time).first?
                .hasSuffix(#""status":"timeout"}}"#) == true)
    }
}
