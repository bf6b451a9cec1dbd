import Sandbox
import SandboxLinux
import Testing

@Suite("A function in a sandbox", .serialized)
struct LinuxFunctionHostTests {
    @Test("a Python function answers")
    func python() async throws {
        try await withHost { test in
            let function = test.python(
                """
                import os
                def handler(event, context):
                    print('hello', os.getpid())
                    return {'got': event, 'name': context.function_name}
                """)
            let result = try await test.invoke(function, #"{"a":1}"#)
            #expect(result.outcome == .success)
            #expect(result.text == #"{"got": {"a": 1}, "name": "test"}"#)
            print(result.tail, test.log.text)
            for _ in 0..<3 { print(try await test.invoke(function).duration) }
        }
    }
}
