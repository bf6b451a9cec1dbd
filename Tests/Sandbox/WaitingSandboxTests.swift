import Sandbox
import SandboxKit
import SandboxLinux
import Testing

@Suite("Sandboxes that wait for a function")
struct WaitingSandboxTests {
    /// A host with a pool in which something waits.
    private func withPool<Result>(
        for runtime: String, _ body: (TestHost) async throws -> Result
    ) async throws -> Result {
        try await withHost {
            $0.warmMiB = SandboxLimits.warmMiB
        } _: { test in
            test.host.expect(runtime: runtime)
            try await waitUntil { test.host.waitingCount > 0 }
            return try await body(test)
        }
    }

    /// What a function sees of its environment.
    private static let view = """
        import os, sys
        def handler(event, context):
            return [os.environ["COLOUR"], os.getcwd(), os.read(0, 1).decode(), os.listdir("/.apus") if
                os.path.exists("/.apus") else [], sorted(k for k in os.environ if k.startswith("_APUS")),
                os.environ["_HANDLER"], context.function_name, open("/opt/layer.txt").read()]
        """

    @Test("a function finds in a sandbox that waited what it finds in any other")
    func same() async throws {
        let answers = try await withPool(for: "python3.11") { test in
            let layer = test.directory.path + "/layer"
            test.directory.makeDirectory("layer")
            test.directory.write("a layer", to: "layer/layer.txt")
            var answers: [String] = []
            for hinders in [false, true] {
                let function = test.python(Self.view) {
                    $0.environment = ["COLOUR": "blue"]
                    // What Python reads at its start keeps a function out of a sandbox that waits.
                    if hinders { $0.environment["PYTHONHASHSEED"] = "1" }
                    $0.layerDirectories = [layer]
                }
                let waiting = test.host.waitingCount
                answers.append(try await test.invoke(function).text)
                #expect(hinders || test.host.waitingCount != waiting || waiting > 0)
            }
            return answers
        }
        #expect(
            answers[0]
                == #"["blue", "/var/task", "", [], [], "app.handler", "test", "a layer"]"#)
        #expect(answers[0] == answers[1])
    }

    @Test(
        "every runtime can wait",
        arguments: [
            ("python3.11", "app.py", "def handler(e, c): return e"),
            ("nodejs18.x", "app.mjs", "export const handler = async (e) => e;"),
            (
                "provided.al2023", "bootstrap",
                """
                #!/usr/bin/python3 -S
                import http.client, os
                c = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
                path = "/2018-06-01/runtime/invocation/"
                while True:
                    c.request("GET", path + "next")
                    r = c.getresponse()
                    body, name = r.read(), r.headers["Lambda-Runtime-Aws-Request-Id"]
                    c.request("POST", path + name + "/response", body)
                    c.getresponse().read()
                """
            ),
        ])
    func runtimes(runtime: String, file: String, code: String) async throws {
        try await withPool(for: runtime) { test in
            let function = test.deploy(runtime, files: [file: code])
            for _ in 0..<3 { try await test.expect(function, "[7]", answers: "[7]") }
        }
    }

    @Test("the function's memory, temporary space and time are its own")
    func limits() async throws {
        try await withPool(for: "python3.11") { test in
            let function = test.python(
                """
                import os
                def handler(event, context):
                    space = os.statvfs("/tmp")
                    return [space.f_blocks * space.f_frsize >> 20, context.memory_limit_in_mb]
                """
            ) {
                $0.ephemeralStorageMiB = 700
                $0.memoryMiB = 256
            }
            try await test.expect(function, answers: #"[700, "256"]"#)
            let greedy = test.python("def handler(event, context): return len('x' * 400000000)") {
                $0.memoryMiB = 256
            }
            let result = try await test.invoke(greedy)
            #expect(result.outcome == .failure)
            let slow = test.python("import time\ndef handler(e, c): time.sleep(60)") {
                $0.timeout = .seconds(1)
            }
            let late = try await test.invoke(slow)
            #expect(late.text.contains("Task timed out after 1.00 seconds"))
        }
    }

    @Test("an init error is told with its event")
    func initError() async throws {
        try await withPool(for: "python3.11") { test in
            let result = try await test.invoke(test.python("raise ValueError('no')"))
            #expect(
                result.text.contains(#""errorType":"ValueError""#)
                    || result.text.contains(#""errorType": "ValueError""#))
        }
    }

    @Test("a host that stops leaves none behind")
    func stopping() async throws {
        try await withPool(for: "python3.11") { test in
            await test.host.stop()
            #expect(test.host.waitingCount == 0)
        }
    }

    @Test("environments that are provisioned have been started before the first event")
    func provisioned() async throws {
        try await withHost { test in
            let function = test.python(
                "import time\nborn = time.time()\ndef handler(e, c): return born < e")
            try await test.host.keepWarm(2, of: function)
            #expect(test.host.environmentCount == 2)
            let result = try await test.invoke(function, "4000000000")
            #expect(result.text == "true")
            #expect(test.host.environmentCount == 2)
            let broken = test.python("raise ValueError('no')")
            await #expect(throws: FunctionHostError.self) {
                try await test.host.keepWarm(1, of: broken)
            }
        }
    }

    @Test("of many first events at once none is lost, and few environments start at a time")
    func burst() async throws {
        try await withPool(for: "python3.11") { test in
            let function = test.python("def handler(event, context): return event")
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<100 {
                    group.addTask { try await test.invoke(function, "\(number)").text }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(answers == Set((0..<100).map { "\($0)" }))
        }
    }
}
