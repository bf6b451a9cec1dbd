import LambdaModel
import Platform
import Sandbox
import ServiceKit
import Synchronization
import TestKit
import Testing
import Wire

@testable import Lambda

@Suite("Asynchronous invocation")
struct AsynchronousTests {
    /// Moves the clock on until the function has been called `count` times; not far beyond what a retry waits, since an
    /// event would be too old before a busy machine comes to it.
    private func run(_ test: LambdaCloud, untilCalls count: Int) async {
        var (calls, seconds) = (0, 0)
        while test.host.invocations.count < count {
            if test.host.invocations.count > calls {
                (calls, seconds) = (test.host.invocations.count, 0)
            }
            if seconds < 400 {
                test.cloud.clock.advance(by: .seconds(1))
                seconds += 1
            }
            await Task.yield()
        }
    }

    @Test("an event is accepted at once and worked on later")
    func accepted() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        let answer = try await test.invoke("orders", "[1]") { $0.invocationType = "Event" }
        #expect(answer.statusCode == 202 && answer.payload == nil)
        #expect(test.host.invocations.isEmpty)
        try await test.whileRunning { await self.run(test, untilCalls: 1) }
        #expect(test.host.invocations.first?.0.payload == Array("[1]".utf8))
    }

    @Test("InvokeAsync accepts an event as Invoke does")
    func invokeAsync() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        let answer = try await test.call(
            LambdaAPI.invokeAsync,
            InvokeAsyncRequest(functionName: "orders", invokeArgs: Body(text: "[2]")))
        #expect(answer.status == 202)
        try await test.whileRunning { await self.run(test, untilCalls: 1) }
        #expect(test.host.invocations.first?.0.payload == Array("[2]".utf8))
    }

    @Test("an event on which the function fails is tried again twice, after one and two minutes")
    func retries() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        let times = Mutex<[Instant]>([])
        test.host.script { [clock = test.cloud.clock] _, _ in
            times.withLock { $0.append(clock.now) }
            return .failure("no")
        }
        _ = try await test.invoke { $0.invocationType = "Event" }
        try await test.whileRunning {
            await self.run(test, untilCalls: 3)
            await test.cloud.clock.run(for: .seconds(7 * 3600))
        }
        let calls = test.host.invocations.map(\.0)
        #expect(calls.count == 3)
        #expect(Set(calls.map(\.requestID)).count == 1)
        let seen = times.withLock { $0 }
        #expect(seen[1] - seen[0] >= .seconds(60))
        #expect(seen[2] - seen[1] >= .seconds(120))
    }

    @Test("throttling is tried again for as long as an event is kept, and is no failure")
    func throttled() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        test.host.script { [host = test.host] invocation, _ in
            guard host.invocations.count > 6 else { throw FunctionHostError.tooManyEnvironments }
            return .success(invocation.payload)
        }
        _ = try await test.invoke { $0.invocationType = "Event" }
        try await test.whileRunning { await self.run(test, untilCalls: 7) }
    }

    @Test("an event for a function that has been deleted is dropped")
    func deleted() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        try await test.create("other")
        _ = try await test.invoke { $0.invocationType = "Event" }
        try await test.call(
            LambdaAPI.deleteFunction, DeleteFunctionRequest(functionName: "orders"))
        _ = try await test.invoke("other") { $0.invocationType = "Event" }
        try await test.whileRunning { await self.run(test, untilCalls: 1) }
        #expect(test.host.invocations.map(\.1.functionName) == ["other"])
    }

    @Test("other services' events are accepted as asynchronous invocations")
    func delivery() async throws {
        let test = try await LambdaCloud()
        let arn = try #require(try await test.create().functionArn.flatMap { ARN($0) })
        try await test.cloud.dependencies.delivery.deliver(
            DeliveryEvent(payload: Array(#"{"from":"sns"}"#.utf8)), to: arn,
            in: test.cloud.context())
        try await test.whileRunning { await self.run(test, untilCalls: 1) }
        #expect(test.host.invocations.first?.0.payload == Array(#"{"from":"sns"}"#.utf8))
    }

    @Test("an event is the same after it was written down")
    func roundTrip() throws {
        var event = AsynchronousEvent(
            requestID: "r",
            reference: FunctionReference(
                key: FunctionKey(account: "1", region: "r", name: "a"), qualifier: "1"),
            traceHeader: "Root=1", clientContext: #"{"a":"\n"}"#,
            acceptedAt: Instant(seconds: 7), payload: Array("{\n}\n".utf8))
        event.failures = 2
        #expect(try AsynchronousEvent(job: event.job) == event)
    }

    @Test("an event is given up once it would be too old, however often it has been tried")
    func age() {
        var event = AsynchronousEvent(
            requestID: "r",
            reference: FunctionReference(key: FunctionKey(account: "1", region: "r", name: "a")),
            traceHeader: "", acceptedAt: Instant(seconds: 0), payload: [])
        event.failures = 1
        let config = EventInvokeConfig()
        #expect(
            event.nextAttempt(at: Instant(seconds: 21_539), config) == Instant(seconds: 21_599))
        #expect(event.nextAttempt(at: Instant(seconds: 21_540), config) == nil)
    }
}
