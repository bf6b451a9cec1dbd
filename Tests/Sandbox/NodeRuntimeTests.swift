import Sandbox
import SandboxKit
import SandboxLinux
import Synchronization
import Testing

@Suite("A Node.js function")
struct NodeRuntimeTests {
    private func node(_ test: TestHost, _ files: [String: String]) -> FunctionDeployment {
        test.deploy("nodejs20.x", handler: "index.handler", files: files) { $0.memoryMiB = 256 }
    }

    @Test(
        "answers, whatever its kind",
        arguments: [
            (
                "index.js",
                "exports.handler = async (event, context) => ({ got: event, name: context.functionName });"
            ),
            (
                "index.js",
                "exports.handler = (event, context, callback) => callback(null, { got: event, name: context.functionName });"
            ),
            (
                "index.js",
                "exports.handler = (event, context) => { setTimeout(() => context.succeed({ got: event, name: context.functionName }), 5); };"
            ),
            (
                "index.cjs",
                "exports.handler = (event, context) => Promise.resolve({ got: event, name: context.functionName });"
            ),
            (
                "index.mjs",
                "await null; export const handler = async (event, context) => ({ got: event, name: context.functionName });"
            ),
            (
                "index.mjs",
                "export default { handler: async (event, context) => ({ got: event, name: context.functionName }) };"
            ),
        ])
    func answer(file: String, code: String) async throws {
        try await withHost { test in
            let function = node(test, [file: code])
            for _ in 0..<2 {
                let result = try await test.invoke(function, #"{"a":"ü"}"#)
                #expect(result.text == #"{"got":{"a":"ü"},"name":"test"}"#)
            }
        }
    }

    @Test("in a package of modules is a module")
    func modulePackage() async throws {
        try await withHost { test in
            let function = node(
                test,
                [
                    "index.js": "export const handler = async () => import.meta.url;",
                    "package.json": #"{"type":"module"}"#,
                ])
            try await test.expect(function, answers: #""file:///var/task/index.js""#)
        }
    }

    @Test(
        "that calls back is waited for until its event loop is empty, unless it says otherwise")
    func emptyLoop() async throws {
        try await withHost { test in
            let function = node(
                test,
                [
                    "index.js": """
                    exports.handler = (event, context, callback) => {
                      context.callbackWaitsForEmptyEventLoop = event.waits;
                      setTimeout(() => console.log('late'), 50);
                      callback(null, 1);
                    };
                    """
                ])
            let waited = try await test.invoke(function, #"{"waits":true}"#)
            #expect(waited.text == "1" && waited.tail.contains("late"))
            let immediate = try await test.invoke(function, #"{"waits":false}"#)
            #expect(immediate.text == "1" && !immediate.tail.contains("late"))
        }
    }

    @Test("that has nothing left to do and no answer answers null")
    func noAnswer() async throws {
        try await withHost { test in
            let function = node(
                test, ["index.js": "exports.handler = () => new Promise(() => {});"])
            try await test.expect(function, answers: "null")
        }
    }

    @Test("writes its console as AWS's runtime does")
    func console() async throws {
        try await withHost { test in
            let function = node(
                test,
                [
                    "index.js":
                        "exports.handler = async () => { console.log('a %d', 1); console.error('b\\nc'); };"
                ])
            let event = TestHost.event()
            let tail = try await test.host.invoke(event, of: function).tail
            #expect(tail.contains("Z\t\(event.requestID)\tINFO\ta 1\n"))
            #expect(tail.contains("Z\t\(event.requestID)\tERROR\tb\nc\n"))
        }
    }

    @Test(
        "that fails answers with the error, as AWS's runtime does",
        arguments: [
            (
                "exports.handler = async () => { throw new TypeError('no'); }", "index.handler",
                #"{"errorType":"TypeError","errorMessage":"no","trace":["TypeError: no","#
            ),
            (
                "exports.handler = (e, c, callback) => callback(new Error('no'))",
                "index.handler",
                #"{"errorType":"Error","errorMessage":"no","trace":["Error: no","#
            ),
            (
                "exports.handler = (e, c) => c.fail('text')", "index.handler",
                #"{"errorType":"string","errorMessage":"text","trace":[]}"#
            ),
            (
                "exports.handler = async () => { setTimeout(() => { throw new Error('later'); }, 1); await new Promise(r => setTimeout(r, 500)); }",
                "index.handler", #"{"errorType":"Error","errorMessage":"later","trace":["#
            ),
            (
                "exports.handler = async () => { Promise.reject(new Error('lost')); await new Promise(r => setTimeout(r, 500)); }",
                "index.handler",
                #"{"errorType":"Runtime.UnhandledPromiseRejection","errorMessage":"Error: lost","trace":["Runtime.UnhandledPromiseRejection: Error: lost","#
            ),
            (
                "exports.other = 1", "index.handler",
                #"{"errorType":"Runtime.HandlerNotFound","errorMessage":"index.handler is undefined or not exported","#
            ),
            (
                "exports.handler = 1", "index.handler",
                #"{"errorType":"Runtime.HandlerNotFound","errorMessage":"index.handler is not a function","#
            ),
            (
                "require('nothing')", "index.handler",
                #"{"errorType":"Runtime.ImportModuleError","errorMessage":"Error: Cannot find module 'nothing'\n"#
            ),
            (
                "", "missing.handler",
                #"{"errorType":"Runtime.ImportModuleError","errorMessage":"Error: Cannot find module 'missing'\n"#
            ),
            (
                "exports.handler = (", "index.handler",
                #"{"errorType":"Runtime.UserCodeSyntaxError","errorMessage":"SyntaxError: "#
            ),
            (
                "", "handler",
                #"{"errorType":"Runtime.MalformedHandlerName","errorMessage":"Bad handler","#
            ),
        ])
    func failures(code: String, handler: String, start: String) async throws {
        try await withHost { test in
            let function = test.deploy(
                "nodejs20.x", handler: handler, files: ["index.js": code]
            ) {
                $0.memoryMiB = 256
            }
            let result = try await test.invoke(function)
            #expect(result.outcome == .failure)
            #expect(result.text.hasPrefix(start), "\(result.text)")
        }
    }

    @Test("streams its answer, with the prelude of an HTTP response")
    func streaming() async throws {
        try await withHost { test in
            let function = node(
                test,
                [
                    "index.mjs": """
                    export const handler = awslambda.streamifyResponse(async (event, stream, context) => {
                      if (event.http) stream = awslambda.HttpResponseStream.from(stream, { statusCode: 201 });
                      else stream.setContentType('text/plain');
                      stream.write('one ');
                      await new Promise(resolve => setTimeout(resolve, 20));
                      if (event.fails) throw new Error('broken');
                      stream.write('two');
                      stream.end();
                    });
                    """
                ])
            func invoke(_ payload: String) async throws -> (InvocationResult, [String]) {
                let chunks = Mutex<[String]>([])
                var event = TestHost.event(payload)
                let receive: @Sendable ([UInt8]) async -> Void = { bytes in
                    chunks.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) }
                }
                event.onResponseChunk = receive
                event.onResponseStart = { contentType in
                    chunks.withLock { $0.append("as \(contentType ?? "nothing")") }
                }
                let result = try await test.host.invoke(event, of: function)
                return (result, chunks.withLock { $0 })
            }
            let (plain, chunks) = try await invoke("{}")
            #expect(plain.contentType == "text/plain" && plain.outcome == .success)
            #expect(chunks == ["as text/plain", "one ", "two"])
            let (http, parts) = try await invoke(#"{"http":true}"#)
            #expect(http.contentType == "application/vnd.awslambda.http-integration-response")
            let prelude = #"{"statusCode":201}"# + String(repeating: "\0", count: 8)
            #expect(parts.dropFirst().joined() == prelude + "one two")
            let (broken, some) = try await invoke(#"{"fails":true}"#)
            #expect(some == ["as text/plain", "one "])
            #expect(
                broken.outcome == .failure && broken.text.contains(#""errorMessage":"broken""#))
            try await test.expect(function, answers: "one two")
        }
    }
}
