import LambdaModel
import Platform
import Sandbox
import ServiceKit
import Synchronization
import TestKit
import Testing
import Wire

@testable import Lambda

@Suite("Destinations")
struct DestinationTests {
    private static let queue = "arn:aws:sqs:us-east-1:123456789012:failed"
    private static let bus = "arn:aws:events:us-east-1:123456789012:event-bus/default"

    /// Invokes the function asynchronously and runs until `inbox` has so many events.
    private func run(
        _ test: LambdaCloud, _ payload: String = #"{"id":7}"#, until count: Int
    ) async throws -> [Inbox.Entry] {
        _ = try await test.invoke("orders", payload) { $0.invocationType = "Event" }
        return try await test.whileRunning {
            var seconds = 0
            while test.inbox.entries.count < count {
                if seconds < 1_000 { test.cloud.clock.advance(by: .seconds(1)) }
                seconds += 1
                await Task.yield()
            }
            return test.inbox.entries
        }
    }

    private func configure(
        _ test: LambdaCloud, _ change: (inout PutFunctionEventInvokeConfigRequest) -> Void
    ) async throws {
        var request = PutFunctionEventInvokeConfigRequest(functionName: "orders")
        change(&request)
        try await test.call(LambdaAPI.putFunctionEventInvokeConfig, request)
    }

    @Test("a destination is told what went in, what came out and how")
    func success() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        try await configure(test) {
            $0.destinationConfig = DestinationConfig(onSuccess: OnSuccess(destination: Self.bus))
        }
        let entry = try #require(try await run(test, until: 1).first)
        #expect(entry.arn.description == Self.bus)
        #expect(
            entry.event.attributes["DetailType"] == "Lambda Function Invocation Result - Success")
        #expect(entry.event.attributes["Source"] == "lambda")
        #expect(entry.context.principal.arn.hasSuffix(":assumed-role/worker/orders"))
        let record = try Document(json: entry.event.payload)
        #expect(record["version"] == "1.0")
        #expect(record["requestContext"]?["condition"] == "Success")
        #expect(record["requestContext"]?["approximateInvokeCount"] == 1)
        #expect(
            record["requestContext"]?["functionArn"]
                == "arn:aws:lambda:us-east-1:123456789012:function:orders:$LATEST")
        #expect(record["requestPayload"] == ["id": 7] && record["responsePayload"] == ["id": 7])
        #expect(record["responseContext"] == ["statusCode": 200, "executedVersion": "$LATEST"])
    }

    @Test("an event that is given up goes to the failure's destination and the dead-letter queue")
    func failure() async throws {
        let test = try await LambdaCloud()
        try await test.create { $0.deadLetterConfig = DeadLetterConfig(targetArn: Self.queue) }
        try await configure(test) {
            $0.maximumRetryAttempts = 1
            $0.destinationConfig = DestinationConfig(onFailure: OnFailure(destination: Self.bus))
        }
        test.host.script { _, _ in .failure("no") }
        let entries = try await run(test, until: 2)
        #expect(test.host.invocations.count == 2)
        let record = try Document(
            json: try #require(entries.first { $0.arn.service == "events" }).event.payload)
        #expect(record["requestContext"]?["condition"] == "RetriesExhausted")
        #expect(record["requestContext"]?["approximateInvokeCount"] == 2)
        #expect(record["responseContext"]?["functionError"] == "Unhandled")
        #expect(record["responsePayload"]?["errorMessage"] == "no")
        let letter = try #require(entries.first { $0.arn.service == "sqs" }).event
        #expect(letter.payload == Array(#"{"id":7}"#.utf8))
        #expect(letter.attributes["MessageAttribute/ErrorMessage"] == "no")
        #expect(letter.attributes["MessageAttribute/ErrorCode"] == "200")
        #expect(
            letter.attributes["MessageAttribute/RequestID"]
                == test.host.invocations[0].0.requestID)
    }

    @Test("an event is given up when it is as old as the configuration says")
    func age() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        try await configure(test) {
            $0.maximumEventAgeInSeconds = 60
            $0.destinationConfig = DestinationConfig(onFailure: OnFailure(destination: Self.queue))
        }
        test.host.script { _, _ in throw FunctionHostError.tooManyEnvironments }
        let entry = try #require(try await run(test, until: 1).first)
        let record = try Document(json: entry.event.payload)
        #expect(record["requestContext"]?["condition"] == "EventAgeExceeded")
        #expect(record["requestContext"]?["approximateInvokeCount"] == 0)
        #expect(record["responsePayload"] == nil)
    }

    @Test("without concurrency an event is given up at once")
    func noConcurrency() async throws {
        let test = try await LambdaCloud()
        try await test.create { $0.deadLetterConfig = DeadLetterConfig(targetArn: Self.queue) }
        try await test.call(
            LambdaAPI.putFunctionConcurrency,
            PutFunctionConcurrencyRequest(
                functionName: "orders", reservedConcurrentExecutions: 0))
        let entry = try #require(try await run(test, until: 1).first)
        #expect(
            entry.event.attributes["MessageAttribute/ErrorMessage"] == "ZeroReservedConcurrency")
        #expect(test.host.invocations.isEmpty)
    }

    @Test("an event that comes round and round is stopped, unless that is allowed")
    func recursion() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        var context = test.cloud.context()
        for _ in 0..<16 {
            _ = try await test.invoke(in: context)
            context.traceHeader = test.host.invocations.last?.0.traceHeader ?? ""
        }
        #expect(context.traceHeader.hasSuffix(":16"))
        await expectError("RecursiveInvocationException") {
            _ = try await test.invoke(in: context)
        }
        try await test.call(
            LambdaAPI.putFunctionRecursionConfig,
            PutFunctionRecursionConfigRequest(functionName: "orders", recursiveLoop: "Allow"))
        _ = try await test.invoke(in: context)
    }

    @Test("what nobody takes is tried no longer, and counted")
    func undeliverable() async throws {
        let test = try await LambdaCloud()
        try await test.create {
            $0.deadLetterConfig = DeadLetterConfig(
                targetArn: "arn:aws:sns:us-east-1:123456789012:nobody")
        }
        try await configure(test) { $0.maximumRetryAttempts = 0 }
        test.host.script { _, _ in .failure("no") }
        _ = try await test.invoke { $0.invocationType = "Event" }
        let metrics = test.cloud.dependencies.metrics
        let seen = Mutex<[MetricDatum]>([])
        try await test.whileRunning {
            await test.eventually {
                seen.withLock { $0 += metrics.collect() }
                return seen.withLock { $0.contains { $0.identity.name == "DeadLetterErrors" } }
            }
        }
        let data = seen.withLock { $0 }.filter {
            $0.identity.dimensions == ["FunctionName": "orders"]
        }
        func sum(_ name: String) -> Double {
            data.filter { $0.identity.name == name }.reduce(0) { $0 + $1.statistics.sum }
        }
        #expect(sum("Invocations") == 1 && sum("Errors") == 1 && sum("DeadLetterErrors") == 1)
        #expect(sum("AsyncEventsReceived") == 1 && sum("ConcurrentExecutions") == 1)
        #expect(sum("Duration") == 1)
    }

    @Test("a delivery is the same after it was written down")
    func roundTrip() throws {
        let owed = OwedDelivery(
            .deadLetter, to: Self.queue,
            from: FunctionReference(
                key: FunctionKey(account: "1", region: "r", name: "a"), qualifier: "live"),
            role: "role", traceHeader: "Root=1", attributes: ["a": "1"],
            payload: Array("{\n}".utf8))
        #expect(try OwedDelivery(job: owed.job) == owed)
    }
}
