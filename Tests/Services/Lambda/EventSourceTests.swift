import LambdaModel
import Platform
import Sandbox
import ServiceKit
import Synchronization
import TestKit
import Testing
import Wire

@testable import Lambda

@Suite("Event source mappings")
struct EventSourceTests {
    private static let arn = "arn:aws:lambda:us-east-1:123456789012:function:orders"

    private func map(
        _ test: LambdaCloud, to arn: String = FakeQueue.arn,
        _ change: (inout CreateEventSourceMappingRequest) -> Void = { _ in }
    ) async throws -> EventSourceMappingConfiguration {
        var request = CreateEventSourceMappingRequest(eventSourceArn: arn, functionName: "orders")
        if arn == FakeTableStream.arn { request.startingPosition = "TRIM_HORIZON" }
        change(&request)
        return try await test.call(LambdaAPI.createEventSourceMapping, request)
    }

    /// Runs, and moves the clock on, until `condition` holds.
    private func run(
        _ test: LambdaCloud, until condition: @escaping @Sendable () async throws -> Bool
    ) async throws {
        try await test.whileRunning {
            var seconds = 0
            while try await !condition() {
                if seconds < 20_000 { test.cloud.clock.advance(by: .milliseconds(100)) }
                seconds += 1
                await Task.yield()
            }
        }
    }

    private static func records(_ invocation: Invocation) -> [Document] {
        guard case .array(let records)? = try? Document(json: invocation.payload)["Records"] else {
            return []
        }
        return records
    }

    private static func numbers(_ test: LambdaCloud) -> [[String]] {
        test.host.invocations.map { invocation, _ in
            records(invocation).compactMap { $0["dynamodb"]?["SequenceNumber"]?.stringValue }
        }
    }

    @Test("a mapping is made, told, changed, listed and deleted")
    func lifeCycle() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        let made = try await map(test) { $0.tags = ["a": "1"] }
        #expect(made.state == "Enabled" && made.batchSize == 10)
        #expect(made.functionArn == Self.arn && made.eventSourceArn == FakeQueue.arn)
        #expect(
            made.eventSourceMappingArn?.hasSuffix(":event-source-mapping:\(made.uuid ?? "")")
                == true)
        #expect(made.startingPosition == nil && made.maximumRetryAttempts == nil)
        let uuid = try #require(made.uuid)
        let changed = try await test.call(
            LambdaAPI.updateEventSourceMapping,
            UpdateEventSourceMappingRequest(uuid: uuid, enabled: false, batchSize: 3))
        #expect(changed.state == "Disabled" && changed.batchSize == 3)
        let found = try await test.call(
            LambdaAPI.getEventSourceMapping, GetEventSourceMappingRequest(uuid: uuid))
        #expect(found.state == "Disabled")
        for request in [
            ListEventSourceMappingsRequest(functionName: "orders"),
            ListEventSourceMappingsRequest(eventSourceArn: FakeQueue.arn),
        ] {
            let list = try await test.call(LambdaAPI.listEventSourceMappings, request)
            #expect(list.eventSourceMappings?.map(\.uuid) == [uuid])
        }
        let tags = try await test.call(
            LambdaAPI.listTags, ListTagsRequest(resource: made.eventSourceMappingArn ?? ""))
        #expect(tags.tags == ["a": "1"])
        let gone = try await test.call(
            LambdaAPI.deleteEventSourceMapping, DeleteEventSourceMappingRequest(uuid: uuid))
        #expect(gone.state == "Deleting")
        await expectError(
            "ResourceNotFoundException", "The resource you requested does not exist."
        ) {
            try await test.call(
                LambdaAPI.getEventSourceMapping, GetEventSourceMappingRequest(uuid: uuid))
        }
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var code = "InvalidParameterValueException"
        let change: @Sendable (inout CreateEventSourceMappingRequest) -> Void
    }

    private static let bad: [Bad] = [
        .init(testDescription: "no source") { $0.eventSourceArn = nil },
        .init(testDescription: "no such function") { $0.functionName = "none" },
        .init(testDescription: "another service") {
            $0.eventSourceArn = "arn:aws:iam::123456789012:role/x"
        },
        .init(testDescription: "a stream without a start", code: "ValidationException") {
            $0.eventSourceArn = FakeTableStream.arn
        },
        .init(testDescription: "a table's stream at a time") {
            $0.eventSourceArn = FakeTableStream.arn
            $0.startingPosition = "AT_TIMESTAMP"
        },
        .init(testDescription: "large batches without a window") { $0.batchSize = 11 },
        .init(testDescription: "a window of a FIFO queue") {
            $0.eventSourceArn = FakeQueue.arn + ".fifo"
            $0.maximumBatchingWindowInSeconds = 1
        },
        .init(testDescription: "no pattern") {
            $0.filterCriteria = FilterCriteria(filters: [Filter(pattern: "asdf")])
        },
        .init(testDescription: "a queue's retries") { $0.maximumRetryAttempts = 3 },
        .init(testDescription: "Kafka", code: "NotImplemented") { $0.topics = ["t"] },
        .init(testDescription: "tumbling windows", code: "NotImplemented") {
            $0.eventSourceArn = FakeTableStream.arn
            $0.startingPosition = "LATEST"
            $0.tumblingWindowInSeconds = 5
        },
    ]

    @Test("a mapping is refused", arguments: bad)
    func refused(bad: Bad) async throws {
        let test = try await LambdaCloud()
        try await test.create()
        await expectError(bad.code) { _ = try await map(test, bad.change) }
    }

    @Test("a function has a source once")
    func twice() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        let uuid = try await map(test).uuid ?? ""
        await expectError(
            "ResourceConflictException",
            "The event source arn (\" \(FakeQueue.arn) \") and function (\" orders \") provided "
                + "mapping already exists. Please update or delete the existing mapping with UUID "
                + uuid
        ) { _ = try await map(test) }
    }

    // MARK: - Queues

    @Test("messages reach the function and are deleted once it succeeds")
    func queue() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        for number in 1...12 { test.queue.send("\(number)", id: "m\(number)") }
        _ = try await map(test)
        try await run(test) { test.queue.isEmpty && test.queue.hidden.isEmpty }
        let records = test.host.invocations.flatMap { Self.records($0.0) }
        #expect(Set(records.compactMap { $0["body"]?.stringValue }).count == 12)
        let first = try #require(records.first { $0["messageId"] == "m1" })
        #expect(first["eventSource"] == "aws:sqs" && first["awsRegion"] == "us-east-1")
        #expect(
            first["receiptHandle"] == "r-m1" && first["eventSourceARN"] == .string(FakeQueue.arn))
        #expect(first["attributes"] == ["ApproximateReceiveCount": "1"])
        #expect(first["messageAttributes"]?["k"]?["stringValue"] == "v")
    }

    @Test("messages on which the function fails stay, and only those where it says which")
    func queueFailures() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        test.host.script { _, _ in .success(#"{"batchItemFailures":[{"itemIdentifier":"b"}]}"#) }
        for id in ["a", "b", "c"] { test.queue.send(id, id: id) }
        _ = try await map(test) { $0.functionResponseTypes = ["ReportBatchItemFailures"] }
        try await run(test) { test.queue.hidden == ["b"] }
        test.host.script { _, _ in .success("null") }
        test.queue.show()
        try await run(test) { test.queue.isEmpty && test.queue.hidden.isEmpty }
    }

    @Test("messages that no filter wants are deleted unseen")
    func queueFilters() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        test.queue.send(#"{"kind":"keep"}"#, id: "a")
        test.queue.send(#"{"kind":"drop"}"#, id: "b")
        test.queue.send("text", id: "c")
        _ = try await map(test) {
            $0.filterCriteria = FilterCriteria(filters: [
                Filter(pattern: #"{"body":{"kind":["keep"]}}"#)
            ])
        }
        try await run(test) { test.queue.isEmpty && test.queue.hidden.isEmpty }
        let seen = test.host.invocations.flatMap { Self.records($0.0) }
        #expect(seen.map { $0["messageId"] } == ["a"])
    }

    @Test("a disabled mapping reads nothing until it is enabled")
    func disabled() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        test.queue.send("1", id: "m1")
        let uuid = try await map(test) { $0.enabled = false }.uuid ?? ""
        try await test.whileRunning { await test.cloud.clock.run(for: .seconds(30)) }
        #expect(test.host.invocations.isEmpty)
        try await test.call(
            LambdaAPI.updateEventSourceMapping,
            UpdateEventSourceMappingRequest(uuid: uuid, enabled: true))
        try await run(test) { test.host.invocations.count == 1 }
    }

    // MARK: - Streams

    @Test("records come in order, parents before children, and are not read again after a restart")
    func order() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        for number in 1...5 { test.stream.put(number, at: test.cloud.clock.now) }
        test.stream.change { shards in
            shards["s1"]?.isClosed = true
            shards["s2"] = FakeTableStream.Shard(parent: "s1")
        }
        for number in 6...7 { test.stream.put(number, to: "s2", at: test.cloud.clock.now) }
        _ = try await map(test, to: FakeTableStream.arn) { $0.batchSize = 2 }
        try await run(test) { Self.numbers(test).flatMap(\.self).count == 7 }
        #expect(Self.numbers(test) == [["1", "2"], ["3", "4"], ["5"], ["6", "7"]])
        test.stream.put(8, to: "s2", at: test.cloud.clock.now)
        try await run(test) { Self.numbers(test).flatMap(\.self).contains("8") }
        #expect(Self.numbers(test).last == ["8"])
        let first = Self.records(test.host.invocations[0].0)[0]
        #expect(first["eventName"] == "INSERT" && first["eventID"] == "e1")
        #expect(first["dynamodb"]?["ApproximateCreationDateTime"] == 1_767_225_600)
    }

    @Test("a batch is tried again before what comes after, and given up to the destination")
    func retries() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        for number in 1...3 { test.stream.put(number, at: test.cloud.clock.now) }
        test.host.script { invocation, _ in
            String(decoding: invocation.payload, as: UTF8.self).contains(#""SequenceNumber":"1""#)
                ? .failure("no") : .success("null")
        }
        _ = try await map(test, to: FakeTableStream.arn) { request in
            request.batchSize = 2
            request.maximumRetryAttempts = 2
            request.destinationConfig = DestinationConfig(
                onFailure: OnFailure(destination: "arn:aws:sqs:us-east-1:123456789012:dropped"))
        }
        try await run(test) {
            Self.numbers(test).last == ["3"] && !test.inbox.entries.isEmpty
        }
        #expect(Self.numbers(test) == [["1", "2"], ["1", "2"], ["1", "2"], ["3"]])
        let record = try Document(json: test.inbox.entries[0].event.payload)
        #expect(record["requestContext"]?["condition"] == "RetryAttemptsExhausted")
        #expect(record["requestContext"]?["approximateInvokeCount"] == 3)
        let info = record["DDBStreamBatchInfo"]
        #expect(info?["shardId"] == "s1" && info?["batchSize"] == 2)
        #expect(info?["startSequenceNumber"] == "1" && info?["endSequenceNumber"] == "2")
    }

    @Test("a batch is cut in halves until what the function fails on stands alone")
    func bisect() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        for number in 1...4 { test.stream.put(number, at: test.cloud.clock.now) }
        test.host.script { invocation, _ in
            String(decoding: invocation.payload, as: UTF8.self).contains(#""SequenceNumber":"3""#)
                ? .failure("no") : .success("null")
        }
        _ = try await map(test, to: FakeTableStream.arn) { request in
            request.bisectBatchOnFunctionError = true
            request.maximumRetryAttempts = 0
        }
        try await run(test) { Self.numbers(test).last == ["4"] }
        #expect(
            Self.numbers(test) == [["1", "2", "3", "4"], ["1", "2"], ["3", "4"], ["3"], ["4"]])
    }

    @Test("what comes after the first failed record is tried again")
    func partial() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        for number in 1...4 { test.stream.put(number, at: test.cloud.clock.now) }
        test.host.script { [host = test.host] _, _ in
            host.invocations.count == 1
                ? .success(#"{"batchItemFailures":[{"itemIdentifier":"3"}]}"#) : .success("{}")
        }
        _ = try await map(test, to: FakeTableStream.arn) {
            $0.functionResponseTypes = ["ReportBatchItemFailures"]
        }
        try await run(test) { test.host.invocations.count == 2 }
        #expect(Self.numbers(test) == [["1", "2", "3", "4"], ["3", "4"]])
    }

    @Test("LATEST is what comes after the mapping was made, also while nobody reads")
    func latest() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        test.stream.put(1, at: test.cloud.clock.now)
        test.cloud.clock.advance(by: .seconds(10))
        _ = try await map(test, to: FakeTableStream.arn) { $0.startingPosition = "LATEST" }
        test.cloud.clock.advance(by: .seconds(10))
        test.stream.put(2, at: test.cloud.clock.now)
        try await run(test) { !test.host.invocations.isEmpty }
        #expect(Self.numbers(test) == [["2"]])
    }

    @Test(
        "records that are too old are given up unseen, others that a filter does not want are passed over"
    )
    func oldAndUnwanted() async throws {
        let test = try await LambdaCloud()
        try await test.create()
        test.stream.put(1, at: test.cloud.clock.now)
        test.cloud.clock.advance(by: .seconds(3_600))
        test.stream.put(2, at: test.cloud.clock.now)
        test.stream.put(3, at: test.cloud.clock.now)
        _ = try await map(test, to: FakeTableStream.arn) { request in
            request.maximumRecordAgeInSeconds = 1_800
            request.filterCriteria = FilterCriteria(filters: [
                Filter(pattern: #"{"eventID":[{"anything-but":"e2"}]}"#)
            ])
        }
        try await run(test) { !test.host.invocations.isEmpty }
        #expect(Self.numbers(test) == [["3"]])
    }

    @Test(
        "what names no record of the batch fails the batch",
        arguments: [
            ("", []), ("null", []), ("{}", []), (#"{"batchItemFailures":[]}"#, []),
            (#"{"batchItemFailures":null}"#, []),
            (#"{"batchItemFailures":[{"itemIdentifier":"a"}]}"#, ["a"]),
            (#"{"batchItemFailures":[{"itemIdentifier":""}]}"#, nil),
            (#"{"batchItemFailures":[{"itemIdentifier":"z"}]}"#, nil),
            (#"{"batchItemFailures":[{"id":"a"}]}"#, nil), (#""text""#, nil),
        ] as [(String, Set<String>?)])
    func failures(answer: String, expected: Set<String>?) {
        #expect(BatchInvoker.failures(in: Array(answer.utf8), of: ["a", "b"]) == expected)
    }
}
