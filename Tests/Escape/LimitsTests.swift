import Glibc
import Platform
import Sandbox
import SandboxKit
import SandboxLinux
import Testing

@Suite("A function cannot take more than it is given")
struct LimitsTests {
    @Test(
        "that eats memory is killed, and the others are not",
        .enabled(if: HostState.hasControlGroups))
    func memory() async throws {
        try await withHost { test in
            let function = test.python(
                """
                def handler(event, context):
                    return len(b'x' * (event << 20))
                """)
            let other = test.python("def handler(event, context): return 'well'")
            try await test.expect(other, answers: #""well""#)
            let result = try await test.invoke(function, "200")
            #expect(result.outcome == .failure)
            #expect(
                result.text.contains(#""errorType":"Runtime.OutOfMemory""#), "\(result.text)")
            #expect(result.tail.contains("Max Memory Used: 128 MB"))
            try await test.expect(function, "20", answers: "20971520")
            try await test.expect(other, answers: #""well""#)
        }
    }

    @Test("cannot eat memory where there are no control groups either")
    func memoryOfProcess() async throws {
        try await withHost(configure: { $0.usesControlGroups = false }) { test in
            let function = test.python(
                "def handler(event, context): return len(b'x' * (event << 20))")
            let result = try await test.invoke(function, "300")
            #expect(result.text.contains(#""errorType": "MemoryError""#), "\(result.text)")
            try await test.expect(function, "20", answers: "20971520")
            let node = test.deploy(
                "nodejs20.x", files: ["app.js": "exports.handler = async (event) => event"])
            try await test.expect(node, "20", answers: "20")
        }
    }

    @Test("that forks without end is stopped at its limit, and leaves nothing")
    func forkBomb() async throws {
        try await withHost { test in
            let function = test.python(
                """
                import os, time
                def handler(event, context):
                    count = 0
                    while True:
                        try:
                            if os.fork() == 0:
                                time.sleep(60)
                                os._exit(0)
                        except OSError as error:
                            return [count > 100 and count < 1024, error.errno]
                        count += 1
                """
            ) {
                $0.memoryMiB = 2048
                $0.timeout = .seconds(30)
            }
            try await test.expect(function, answers: "[true, 11]")
            await test.host.retire(deploymentID: function.id)
        }
    }

    @Test("that fills /tmp is told that it is full")
    func fullDisk() async throws {
        try await withHost { test in
            let function = test.python(
                """
                import os
                def handler(event, context):
                    written = 0
                    try:
                        with open('/tmp/file', 'wb') as file:
                            while True:
                                written += file.write(bytes(1 << 20))
                    except OSError as error:
                        os.remove('/tmp/file')
                        return [written >> 20, error.errno]
                """
            ) {
                $0.ephemeralStorageMiB = 64
                $0.memoryMiB = 512
            }
            try await test.expect(function, answers: "[64, 28]")
        }
    }

    @Test("that opens too many files is told so")
    func files() async throws {
        try await withHost { test in
            let function = test.python(
                """
                def handler(event, context):
                    files = []
                    try:
                        while True: files.append(open('/dev/null'))
                    except OSError as error:
                        return [len(files) > 900, error.errno]
                """)
            try await test.expect(function, answers: "[true, 24]")
        }
    }

    @Test(
        "cannot let a thread run on between events, with control groups and without",
        arguments: [true, false])
    func frozen(usesControlGroups: Bool) async throws {
        try await withHost(configure: { $0.usesControlGroups = usesControlGroups }) { test in
            let function = test.python(
                """
                import threading, time
                ticks = 0
                def tick():
                    global ticks
                    while True:
                        ticks += 1
                        time.sleep(0.001)
                def handler(event, context):
                    if ticks == 0: threading.Thread(target=tick, daemon=True).start()
                    return [ticks, time.monotonic()]
                """)
            func sample() async throws -> (ticks: Int, seconds: Double) {
                let numbers = try await test.invoke(function).text.dropFirst().dropLast()
                    .split(separator: ", ")
                return (Int(numbers[0])!, Double(numbers[1])!)
            }
            _ = try await sample()
            let before = try await sample()
            try await SystemClock().sleep(for: .milliseconds(1000))
            let after = try await sample()
            let seconds = after.seconds - before.seconds
            #expect(seconds > 0.9)
            // It may run for the 20 ms before an environment is frozen, and for a moment after it is thawed; on a
            // busy machine both take longer. One that is not frozen ticks nearly once a millisecond.
            #expect(Double(after.ticks - before.ticks) < seconds * 500)
        }
    }

    @Test(
        "it cannot write more to /tmp than 512 MB where it asks for no more", arguments: Setup.all)
    func temporarySpace(setup: Setup) async throws {
        try await setup.withHost { test in
            let function = test.python(
                """
                import os
                def handler(event, context):
                    space = os.statvfs('/tmp')
                    return space.f_blocks * space.f_frsize >> 20
                """)
            try await test.expect(function, answers: "512")
        }
    }

    @Test("it cannot start more than 1,024 threads")
    func threads() async throws {
        try await withHost { test in
            let function = test.python(
                """
                import threading
                def handler(event, context):
                    threading.stack_size(65536)
                    gate, count = threading.Event(), 0
                    try:
                        while count < 2000:
                            threading.Thread(target=gate.wait, daemon=True).start()
                            count += 1
                    except RuntimeError:
                        pass
                    gate.set()
                    return count < 1024
                """
            ) { $0.memoryMiB = 1024 }
            try await test.expect(function, answers: "true")
        }
    }

    @Test(
        "it cannot take more than its time, nor leave a process behind that does",
        arguments: Setup.all)
    func time(setup: Setup) async throws {
        let marker = "1000.\(SystemRandomness().string(8, from: Alphabet("123456789")))"
        try await setup.withHost { test in
            let function = test.python(
                """
                import os, subprocess, time
                def handler(event, context):
                    for _ in range(3):
                        subprocess.Popen(['sleep', event], start_new_session=True)
                    if os.fork() == 0:
                        os.setsid()
                        os.execvp('sleep', ['sleep', event])
                    time.sleep(60)
                """
            ) { $0.timeout = .seconds(1) }
            let result = try await test.invoke(function, "\"\(marker)\"")
            #expect(result.text.contains("Error: Task timed out after 1.00 seconds"))
            try await waitUntil { HostState.read(marker).processes.isEmpty }
        }
    }

    @Test(
        "it gets a share of the CPU in proportion to its memory",
        .enabled(if: HostState.hasControlGroups))
    func share() async throws {
        try await withHost { test in
            // Each looks at its own group's share from within.
            let shares = try await [256, 1769].asyncMap { memoryMiB in
                let function = test.python("def handler(event, context): return 1") {
                    $0.memoryMiB = memoryMiB
                }
                try await test.expect(function, answers: "1")
                return HostState.cpuShares().max() ?? 0
            }
            #expect(shares == [148, 1024] || shares == [14, 100])
        }
    }
}

extension Sequence where Element: Sendable {
    fileprivate func asyncMap<Result>(
        _ transform: (Element) async throws -> Result
    ) async throws -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
