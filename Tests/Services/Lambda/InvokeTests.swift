import FoundationEssentials
import LambdaModel
import Platform
import STSModel
import Sandbox
import ServiceKit
import TestKit
import Testing
import Wire

@testable import Lambda

@Suite("Invoking")
struct InvokeTests {
    @Test("an event reaches the function with its configuration, and the answer comes back")
    func invoke() async throws {
        let test = try await LambdaCloud()
        try await test.create { request in
            request.timeout = 7
            request.memorySize = 256
            request.environment = Environment(variables: ["A": "1"])
        }
        let context = test.cloud.context()
        let answer = try await test.invoke("orders", #"{"id":1}"#, in: context) {
            $0.logType = "Tail"
        }
        #expect(answer.statusCode == 200 && answer.functionError == nil)
        #expect(answer.executedVersion == "$LATEST")
        #expect(answer.payload == Array(#"{"id":1}"#.utf8))
        #expect(answer.logResult == Base64.encode(Array("START\nEND\n".utf8)))

        let (invocation, deployment) = try #require(test.host.invocations.first)
        #expect(invocation.requestID == context.requestID)
        #expect(invocation.invokedFunctionARN.hasSuffix(":function:orders"))
        #expect(invocation.traceHeader?.hasPrefix(context.traceHeader + ";Lineage=") == true)
        #expect(deployment.runtime == "python3.12" && deployment.handler == "app.handler")
        #expect(deployment.timeout == .seconds(7) && deployment.memoryMiB == 256)
        #expect(deployment.environment == ["A": "1"])
        #expect(deployment.logGroup == "/aws/lambda/orders")
        #expect(deployment.credentials.accessKeyID.hasPrefix("ASIA"))
        let code = try String(
            contentsOfFile: deployment.codeDirectory + "/app.py", encoding: .utf8)
        #expect(code == "code")
    }

    @Test("no payload is an empty object")
    func noPayload() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        #expect(try await test.invoke("orders", "").payload == Array("{}".utf8))
    }

    @Test("a function's error is an answer")
    func failure() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        test.host.script { _, _ in .failure("no") }
        let answer = try await test.invoke()
        #expect(answer.statusCode == 200 && answer.functionError == "Unhandled")
        #expect(String(decoding: answer.payload ?? [], as: UTF8.self).contains("ValueError"))
    }

    @Test(
        "an event that is no JSON is refused",
        arguments: ["{", "nothing", "{} {}", "\u{FEFF}{}", #"{"a":}"#, "'a'"])
    func badPayload(payload: String) async throws {
        let test = try await LambdaCloud()
        try await test.create()
        await expectError("InvalidRequestContentException") {
            _ = try await test.invoke("orders", payload)
        }
        #expect(test.host.invocations.isEmpty)
    }

    @Test("an event has a largest size, which is smaller for asynchronous ones")
    func largePayload() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        let large = "\"" + String(repeating: "x", count: 6_291_456) + "\""
        await expectError(
            "RequestTooLargeException",
            "Request must be smaller than 6291456 bytes for the InvokeFunction operation"
        ) { _ = try await test.invoke("orders", large) }
        let medium = "\"" + String(repeating: "x", count: 1 << 20) + "\""
        _ = try await test.invoke("orders", medium)
        await expectError(
            "RequestTooLargeException",
            "Request must be smaller than 1048576 bytes for the InvokeFunction operation"
        ) { _ = try await test.invoke("orders", medium) { $0.invocationType = "Event" } }
    }

    @Test("a client context is base64 of a JSON object")
    func clientContext() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        _ = try await test.invoke {
            $0.clientContext = Base64.encode(Array(#"{"custom":{}}"#.utf8))
        }
        #expect(test.host.invocations.first?.0.clientContext == #"{"custom":{}}"#)
        await expectError("InvalidRequestContentException") {
            _ = try await test.invoke { $0.clientContext = "{}" }
        }
    }

    @Test("a dry run runs nothing")
    func dryRun() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        let answer = try await test.invoke { $0.invocationType = "DryRun" }
        #expect(answer.statusCode == 204 && answer.payload == nil)
        #expect(test.host.invocations.isEmpty)
        await expectError("ResourceNotFoundException") {
            _ = try await test.invoke("nobody") { $0.invocationType = "DryRun" }
        }
    }

    @Test(
        "a host that cannot run the function is told apart",
        arguments: [
            (FunctionHostError.runtimeUnavailable("ruby3.4"), "InvalidRuntimeException"),
            (.tooManyEnvironments, "TooManyRequestsException"),
            (.sandboxFailed("no namespaces"), "ServiceException"),
        ])
    func hostErrors(error: FunctionHostError, code: String) async throws {
        let test = try await LambdaCloud()
        try await test.create()
        test.host.script { _, _ in throw error }
        await expectError(code) { _ = try await test.invoke() }
    }

    @Test("an account has so many invocations at a time")
    func concurrency() async throws {
        let gate = ConcurrencyGate()
        let quota = ConcurrencyQuota(reserved: nil, unreserved: 1)
        let reserved = ConcurrencyQuota(reserved: 1, unreserved: 1)
        let key = FunctionKey(account: "1", region: "r", name: "a")
        let other = FunctionKey(account: "1", region: "r", name: "b")
        try await gate.pass(for: key, within: quota) { _ in
            await expectError("TooManyRequestsException", "Rate Exceeded.") {
                try await gate.pass(for: other, within: quota) { _ in }
            }
            try await gate.pass(for: other, within: reserved) { _ in }
            try await gate.pass(
                for: FunctionKey(account: "2", region: "r", name: "a"), within: quota
            ) { _ in }
        }
        try await gate.pass(for: key, within: quota) { _ in }
    }

    @Test("warm environments are used until the credentials come to their end")
    func credentials() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        for _ in 0..<3 { _ = try await test.invoke() }
        #expect(Set(test.host.invocations.map(\.1.id)).count == 1)
        test.cloud.clock.advance(by: .seconds(3400))
        _ = try await test.invoke()
        let deployments = test.host.invocations.map(\.1)
        #expect(deployments[3].id != deployments[0].id)
        #expect(
            deployments[3].credentials.accessKeyID != deployments[0].credentials.accessKeyID)
        #expect(test.host.retired == [deployments[0].id])
    }

    @Test("many first events share one deployment")
    func burst() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        try await withThrowingTaskGroup { group in
            for _ in 0..<50 { group.addTask { _ = try await test.invoke() } }
            try await group.waitForAll()
        }
        #expect(Set(test.host.invocations.map(\.1.id)).count == 1)
        #expect(test.roles.sessions.next() == 3)
    }

    @Test("a streamed answer comes as events, and says how it ended")
    func streamed() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        test.host.script { invocation, _ in
            await invocation.onResponseStart?("text/plain")
            await invocation.onResponseChunk?(Array("one ".utf8))
            await invocation.onResponseChunk?(Array("two".utf8))
            return .failure("broken")
        }
        let answer = try await test.call(
            LambdaAPI.invokeWithResponseStream,
            InvokeWithResponseStreamRequest(functionName: "orders", logType: "Tail"))
        let events = try await Self.collect(answer)
        #expect(answer.statusCode == 200 && answer.executedVersion == "$LATEST")
        #expect(events.text == "one two")
        #expect(events.end?.errorCode == "Unhandled")
        #expect(events.end?.errorDetails?.contains("broken") == true)
        #expect(events.end?.logResult != nil)
    }

    @Test("a function that does not stream answers in one chunk")
    func unstreamed() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        test.host.script { _, _ in .success(#""whole""#) }
        let answer = try await test.call(
            LambdaAPI.invokeWithResponseStream,
            InvokeWithResponseStreamRequest(functionName: "orders"))
        let events = try await Self.collect(answer)
        #expect(events.text == #""whole""#)
        #expect(events.end?.errorCode == nil && events.end?.logResult == nil)
    }

    @Test("a streamed invocation that cannot begin is an error, not a stream")
    func unstartable() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        test.host.script { _, _ in throw FunctionHostError.tooManyEnvironments }
        await expectError("TooManyRequestsException") {
            try await test.call(
                LambdaAPI.invokeWithResponseStream,
                InvokeWithResponseStreamRequest(functionName: "orders"))
        }
    }

    private static func collect(
        _ response: InvokeWithResponseStreamResponse
    ) async throws -> (text: String, end: InvokeWithResponseStreamCompleteEvent?) {
        var bytes: [UInt8] = []
        var end: InvokeWithResponseStreamCompleteEvent?
        for try await event in try #require(response.eventStream).events {
            bytes += event.payloadChunk?.payload ?? []
            end = event.invokeComplete ?? end
        }
        return (String(decoding: bytes, as: UTF8.self), end)
    }
}
