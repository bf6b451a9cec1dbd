import Glibc
import Platform
import Sandbox
import SandboxKit
import SandboxLinux
import Testing

@Suite("A function that misbehaves")
struct MisbehaviourTests {
    @Test("that takes too long is ended, and the next event is served")
    func timeout() async throws {
        try await withHost { test in
            let function = test.python(
                """
                import time
                def handler(event, context):
                    print('begun')
                    time.sleep(event)
                    return 'done'
                """
            ) { $0.timeout = .seconds(2) }
            let event = TestHost.event("30")
            let result = try await test.host.invoke(event, of: function)
            #expect(result.outcome == .failure)
            #expect(
                result.text
                    == #"{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: \#(event.requestID) Error: Task timed out after 2.00 seconds"}"#
            )
            #expect(result.tail.contains("begun\n20"))
            #expect(
                result.tail.contains("\(event.requestID) Task timed out after 2.00 seconds\n"))
            #expect(result.tail.contains("Duration: 2000.00 ms\tBilled Duration: "))
            #expect(result.tail.contains("Status: timeout"))
            try await test.expect(function, "0", answers: #""done""#)
        }
    }

    @Test(
        "that ends its process is told how, and the next event is served",
        arguments: [
            ("os._exit(1)", "Runtime.ExitError", "Runtime exited with error: exit status 1"),
            ("os._exit(0)", "Runtime.ExitError", "Runtime exited without providing a reason"),
            ("sys.exit(3)", "Runtime.ExitError", "Runtime exited with error: exit status 3"),
            (
                "os.kill(os.getpid(), 9)", "Runtime.ExitError",
                "Runtime exited with error: signal: killed"
            ),
            ("os.abort()", "Runtime.ExitError", "Runtime exited with error: signal: aborted"),
            (
                "ctypes.string_at(0)", "Runtime.ExitError",
                "Runtime exited with error: signal: segmentation fault"
            ),
        ])
    func exit(statement: String, type: String, message: String) async throws {
        try await withHost { test in
            let function = test.python(
                """
                import ctypes, os, sys
                def handler(event, context):
                    if event: \(statement)
                    return 'fine'
                """)
            let event = TestHost.event("true")
            let result = try await test.host.invoke(event, of: function)
            #expect(
                result.text
                    == #"{"errorType":"\#(type)","errorMessage":"RequestId: \#(event.requestID) Error: \#(message)"}"#
            )
            #expect(result.tail.contains("Status: error\tError Type: \(type)"))
            try await test.expect(function, "false", answers: #""fine""#)
        }
    }

    @Test("that answers 7 MB fails, and 6 MB pass")
    func largeAnswer() async throws {
        try await withHost { test in
            let function = test.python("def handler(event, context): return 'x' * event")
            let large = try await test.invoke(function, "7000000")
            #expect(
                large.text
                    == #"{"errorType":"Function.ResponseSizeTooLarge","errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes)."}"#
            )
            let result = try await test.invoke(function, "6291554")
            #expect(result.payload.count == 6_291_556 && result.outcome == .success)
        }
    }
}

@Suite("A host of functions")
struct LinuxFunctionHostTests {
    @Test("serves events at the same time in an environment each, and reuses them")
    func concurrency() async throws {
        try await withHost { test in
            let function = test.python(
                "import time\ndef handler(event, context):\n    time.sleep(2)\n    return event"
            )
            for _ in 0..<2 {
                let answers = try await withThrowingTaskGroup(of: String.self) { group in
                    for number in 0..<5 {
                        group.addTask { try await test.invoke(function, "\(number)").text }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(answers.sorted() == ["0", "1", "2", "3", "4"])
                #expect(test.host.environmentCount == 5)
            }
        }
    }

    @Test("has a bound on its environments, and makes room by ending idle ones")
    func bound() async throws {
        try await withHost(configure: { $0.environmentLimit = 1 }) { test in
            let slow = test.python("import time\ndef handler(e, c): time.sleep(3)")
            let other = test.python("def handler(e, c): return 1")
            try await test.expect(other, answers: "1")
            async let first = test.invoke(slow)
            try await SystemClock().sleep(for: .seconds(1))
            await #expect(throws: FunctionHostError.tooManyEnvironments) {
                try await test.invoke(other)
            }
            #expect(try await first.text == "null")
            try await test.expect(other, answers: "1")
        }
    }

    @Test("answers a burst of first events")
    func burst() async throws {
        try await withHost { test in
            let function = test.python("def handler(event, context): return event")
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<30 {
                    group.addTask { try await test.invoke(function, "\(number)").text }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(answers == Set((0..<30).map(String.init)))
        }
    }

    @Test("ends a retired deployment's environments, after the events that they serve")
    func retire() async throws {
        try await withHost { test in
            let function = test.python(
                "import time\ndef handler(event, context):\n    time.sleep(event)\n    return 'done'"
            )
            async let slow = test.invoke(function, "3")
            try await test.expect(function, "0", answers: #""done""#)
            try await SystemClock().sleep(for: .seconds(1))
            await test.host.retire(deploymentID: function.id)
            let answer = try await slow
            #expect(answer.text == #""done""#)
            while test.host.environmentCount > 0 { await Task.yield() }
        }
    }

    @Test("ends environments that are idle for ten minutes")
    func reclaim() async throws {
        let clock = SimulatedClock(now: Instant(seconds: 1_700_000_000))
        try await withHost(clock: clock) { test in
            let function = test.python("def handler(e, c): return 1")
            try await test.expect(function, answers: "1")
            let running = Task { await test.host.run() }
            while test.host.environmentCount > 0 {
                await clock.waitForSleepers(1)
                clock.advance(by: .seconds(60))
                await Task.yield()
            }
            #expect(clock.now - Instant(seconds: 1_700_000_000) >= .seconds(600))
            running.cancel()
            await running.value
        }
    }

    @Test("goes on when its launcher dies")
    func launcherDies() async throws {
        try await withHost { test in
            let function = test.python("def handler(event, context): return event")
            try await test.expect(function, "1", answers: "1")
            let launcher = test.host.launcherPID
            kill(launcher, SIGKILL)
            try await waitUntil { HostState.isDead(launcher) }
            // The environment that runs lives on; a new one needs a launcher.
            try await test.expect(function, "2", answers: "2")
            let other = test.python("def handler(event, context): return event")
            try await test.expect(other, "3", answers: "3")
            #expect(test.host.launcherPID != launcher)
        }
    }

    @Test("leaves no process, no mount and no control group behind")
    func cleanUp() async throws {
        let marker = "1000.\(SystemRandomness().string(8, from: Alphabet("123456789")))"
        try await RealSandboxes.exclusively {
            let before = HostState.read(marker)
            try await withHost { test in
                let function = test.python(
                    """
                    import subprocess
                    def handler(e, c):
                        child = subprocess.Popen(['sleep', e], start_new_session=True)
                        # Popen returns before the kernel has set the new arguments.
                        while e not in open(f'/proc/{child.pid}/cmdline').read(): pass
                        return 1
                    """)
                try await test.expect(function, "\"\(marker)\"", answers: "1")
                let during = HostState.read(marker)
                #expect(during.processes.count == 1)
                #expect(during.groups.isEmpty != HostState.hasControlGroups)
            }
            #expect(HostState.read(marker) == before)
        }
    }
}
