import Sandbox
import SandboxKit
import SandboxLinux
import Testing

@Suite("Logs in JSON")
struct JSONLogTests {
    @Test("what Python's logging says is a document, from the level on")
    func python() async throws {
        try await withHost { test in
            let function = test.python(
                """
                import logging
                def handler(event, context):
                    logging.getLogger().info('quiet')
                    logging.getLogger('mine').warning('loud %s', 1, extra={'order': 7})
                    try:
                        raise ValueError('no')
                    except ValueError:
                        logging.exception('failed')
                """
            ) { $0.logging = FunctionLogging(isJSON: true, applicationLevel: .warn) }
            let tail = try await test.invoke(function).tail
            #expect(!tail.contains("quiet") && !tail.contains("END RequestId"))
            #expect(
                tail.contains(
                    #""level": "WARNING", "message": "loud 1", "logger": "mine", "order": 7, "requestId": ""#
                ))
            #expect(
                tail.contains(
                    #""errorType": "ValueError", "errorMessage": "no", "location": "/var/task/app.py:handler:8""#
                ), "\(tail)")
            #expect(tail.contains(#""type":"platform.start""#))
            #expect(tail.contains(#""type":"platform.report""#))
        }
    }

    @Test("what Node's console says is a document, from the level on")
    func node() async throws {
        try await withHost { test in
            let function = test.deploy(
                "nodejs18.x",
                files: [
                    "app.mjs": """
                    export const handler = async () => {
                      console.debug("quiet");
                      console.log("one", 2);
                      console.info({ order: 7 });
                      console.error("failed:", new RangeError("no"));
                    };
                    """
                ]
            ) { $0.logging = FunctionLogging(isJSON: true) }
            let tail = try await test.invoke(function).tail
            #expect(!tail.contains("quiet"))
            #expect(tail.contains(#""level":"INFO","requestId":""#))
            #expect(tail.contains(#""message":"one 2"}"#))
            #expect(tail.contains(#""message":{"order":7}}"#))
            #expect(
                tail.contains(
                    #""errorType":"RangeError","errorMessage":"no","stackTrace":["RangeError: no""#)
            )
        }
    }
}
