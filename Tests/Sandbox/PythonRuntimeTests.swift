import Sandbox
import SandboxKit
import SandboxLinux
import Testing

@Suite("A Python function")
struct PythonRuntimeTests {
    @Test("is called with its event and context, and its answer comes back as it is")
    func answer() async throws {
        try await withHost { test in
            let function = test.python(
                """
                import os
                def handler(event, context):
                    assert 9000 < context.get_remaining_time_in_millis() <= 10000
                    assert context.aws_request_id and context.identity is not None
                    assert context.invoked_function_arn.endswith(':function:test')
                    return {'event': event, 'name': context.function_name, 'text': 'grüße',
                            'memory': context.memory_limit_in_mb, 'stream': context.log_stream_name[10:20]}
                """)
            let result = try await test.invoke(function, #"{"a":[1,2.5,null]}"#)
            #expect(
                result.text
                    == #"{"event": {"a": [1, 2.5, null]}, "name": "test", "text": "grüße", "memory": "128", "stream": "/[$LATEST]"}"#
            )
            #expect(result.outcome == .success)
        }
    }

    @Test("sees the variables that AWS sets, and its own")
    func variables() async throws {
        try await withHost { test in
            let function = test.python(
                """
                import os
                def handler(event, context):
                    return {name: os.environ.get(name) for name in event}
                """
            ) {
                $0.environment = ["MINE": "mine", "TZ": "Europe/Berlin", "AWS_REGION": "moon"]
            }
            let result = try await test.invoke(
                function,
                #"["MINE","TZ","AWS_REGION","AWS_EXECUTION_ENV","_HANDLER","AWS_ENDPOINT_URL","AWS_ACCESS_KEY_ID","LAMBDA_TASK_ROOT","AWS_LAMBDA_FUNCTION_MEMORY_SIZE","AWS_LAMBDA_INITIALIZATION_TYPE"]"#
            )
            #expect(
                result.text
                    == #"{"MINE": "mine", "TZ": "Europe/Berlin", "AWS_REGION": "us-east-1", "AWS_EXECUTION_ENV": "AWS_Lambda_python3.11", "_HANDLER": "app.handler", "AWS_ENDPOINT_URL": "http://127.0.0.1:4566", "AWS_ACCESS_KEY_ID": "ASIATEST", "LAMBDA_TASK_ROOT": "/var/task", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128", "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand"}"#
            )
        }
    }

    @Test("keeps its memory between events, and prints into each event's log")
    func warm() async throws {
        try await withHost { test in
            let function = test.python(
                """
                import logging, sys
                count = 0
                def handler(event, context):
                    global count
                    count += 1
                    print('print', count)
                    logging.getLogger().warning('two\\nlines')
                    print('to stderr', file=sys.stderr)
                    return count
                """)
            let first = try await test.invoke(function)
            let second = try await test.invoke(function)
            #expect([first.text, second.text] == ["1", "2"])
            #expect(first.initDuration != nil && second.initDuration == nil)
            let lines = second.tail.split(separator: "\n").map(String.init)
            #expect(lines[0].hasPrefix("START RequestId: "))
            #expect(lines[1] == "print 2")
            #expect(lines[2].hasPrefix("[WARNING]\t20"))
            #expect(lines[2].hasSuffix("\ttwo") && lines[3] == "lines")
            #expect(lines[4] == "to stderr")
            #expect(lines[5].hasPrefix("END RequestId: "))
            #expect(lines[6].hasPrefix("REPORT RequestId: "))
            #expect(test.host.environmentCount == 1)
        }
    }

    @Test(
        "that fails answers with the error, as AWS's runtime does",
        arguments: [
            (
                "def handler(e, c):\n    raise ValueError('no')", "app.handler",
                #"{"errorMessage": "no", "errorType": "ValueError", "requestId": "ID", "stackTrace": ["  File \"/var/task/app.py\", line 2, in handler\n    raise ValueError('no')\n"]}"#
            ),
            (
                "import nothing_here", "app.handler",
                #"{"errorMessage": "Unable to import module 'app': No module named 'nothing_here'", "errorType": "Runtime.ImportModuleError", "requestId": "", "stackTrace": []}"#
            ),
            (
                "", "missing.handler",
                #"{"errorMessage": "Unable to import module 'missing': No module named 'missing'", "errorType": "Runtime.ImportModuleError", "requestId": "", "stackTrace": []}"#
            ),
            (
                "x = 1", "app.handler",
                #"{"errorMessage": "Handler 'handler' missing on module 'app'", "errorType": "Runtime.HandlerNotFound", "requestId": "", "stackTrace": []}"#
            ),
            (
                "x = 1", "handler",
                #"{"errorMessage": "Bad handler 'handler': not enough values to unpack (expected 2, got 1)", "errorType": "Runtime.MalformedHandlerName", "requestId": "", "stackTrace": []}"#
            ),
            (
                "def handler(e, c): return {1, 2}", "app.handler",
                #"{"errorMessage": "Unable to marshal response: Object of type set is not JSON serializable", "errorType": "Runtime.MarshalError", "requestId": "ID", "stackTrace": []}"#
            ),
        ])
    func failures(code: String, handler: String, document: String) async throws {
        try await withHost { test in
            let function = test.python(code) { $0.handler = handler }
            let event = TestHost.event()
            let result = try await test.host.invoke(event, of: function)
            #expect(result.outcome == .failure)
            #expect(result.text == document.replacing("ID", with: event.requestID))
            #expect(test.log.text.contains("[ERROR] "))
        }
    }

    @Test("that cannot be loaded is told so in the log, and each event tries again")
    func initError() async throws {
        try await withHost { test in
            let function = test.python("raise KeyError('nope')")
            for _ in 0..<2 {
                let result = try await test.invoke(function)
                #expect(result.text.contains(#""errorType": "KeyError""#))
                #expect(result.tail.contains("Status: error\tError Type: KeyError"))
            }
            #expect(test.log.text.contains("INIT_REPORT Init Duration: "))
        }
    }

    @Test("reads its layers under /opt, the last one first")
    func layers() async throws {
        try await withHost { test in
            test.directory.makeDirectory("one")
            test.directory.makeDirectory("one/python")
            test.directory.write("which = 'one'", to: "one/python/shared.py")
            test.directory.write("which = 'one'", to: "one/python/only.py")
            test.directory.makeDirectory("two")
            test.directory.makeDirectory("two/python")
            test.directory.write("which = 'two'", to: "two/python/shared.py")
            let function = test.python(
                """
                import shared, only
                def handler(event, context): return [shared.which, only.which]
                """
            ) {
                $0.layerDirectories = [
                    "\(test.directory.path)/one", "\(test.directory.path)/two",
                ]
            }
            try await test.expect(function, answers: #"["two", "one"]"#)
        }
    }

    @Test("runs on every version that is here")
    func versions() async throws {
        try await withHost { test in
            let versions = test.host.availableRuntimes.filter { $0.hasPrefix("python") }
            #expect(!versions.isEmpty)
            for runtime in versions.sorted() {
                let function = test.deploy(
                    runtime,
                    files: [
                        "app.py":
                            "import sys\ndef handler(e, c): return 'python%d.%d' % sys.version_info[:2]"
                    ])
                try await test.expect(function, answers: "\"\(runtime)\"")
            }
        }
    }

    @Test("for a version that is not here runs on the nearest, and its log says so")
    func nearest() async throws {
        try await withHost { test in
            let function = test.deploy(
                "python3.99", files: ["app.py": "def handler(e, c): return 1"])
            try await test.expect(function, answers: "1")
            #expect(test.log.text.contains("[WARNING] Python 3.99 is not on this machine"))
        }
        try await withHost(configure: { $0.takesNearestRuntime = false }) { test in
            let function = test.deploy("python3.99", files: [:])
            await #expect(throws: FunctionHostError.runtimeUnavailable("python3.99")) {
                try await test.invoke(function)
            }
        }
    }

    @Test("imports boto3, when the machine has it, and finds Apus as its endpoint")
    func boto3() async throws {
        try await withHost { test in
            let function = test.python(
                """
                def handler(event, context):
                    try:
                        import boto3
                    except ImportError:
                        return 'http://127.0.0.1:4566'
                    return boto3.client('sts').meta.endpoint_url
                """
            ) { $0.memoryMiB = 256 }
            let answer = try await test.invoke(function).text
            #expect(answer == #""http://127.0.0.1:4566""#)
        }
    }
}
