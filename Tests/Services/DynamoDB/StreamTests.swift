import DynamoDBModel
import DynamoDBStreamsModel
import DynamoDBValues
import Platform
import TestKit
import Testing
import Wire

@testable import DynamoDB

@Suite("Streams and time to live")
struct StreamTests {
    /// All records from the oldest on.
    private func records(_ cloud: TableCloud, from type: String = "TRIM_HORIZON") async throws
        -> [Record]
    {
        let arn = try await cloud.describe("orders").latestStreamArn ?? ""
        let stream = try await cloud.call(
            DynamoDBStreamsAPI.describeStream, DescribeStreamInput(streamArn: arn)
        ).streamDescription
        let iterator = try await cloud.call(
            DynamoDBStreamsAPI.getShardIterator,
            GetShardIteratorInput(
                streamArn: arn, shardId: stream?.shards?.first?.shardId ?? "",
                shardIteratorType: type)
        ).shardIterator
        return try await cloud.call(
            DynamoDBStreamsAPI.getRecords, GetRecordsInput(shardIterator: iterator ?? "")
        ).records ?? []
    }

    @Test("each change of an item is a record, in order, with both images")
    func changes() async throws {
        let cloud = try await TableCloud()
        try await cloud.make("orders", stream: "NEW_AND_OLD_IMAGES")
        try await cloud.put(["pk": "a", "n": 1], into: "orders")
        try await cloud.put(["pk": "a", "n": 2], into: "orders")
        try await cloud.put(["pk": "a", "n": 2], into: "orders")
        _ = try await cloud.call(
            DynamoDBAPI.deleteItem, DeleteItemInput(tableName: "orders", key: ["pk": "a"]))
        let found = try await records(cloud)
        #expect(found.map(\.eventName) == ["INSERT", "MODIFY", "REMOVE"])
        #expect(found.allSatisfy { $0.dynamodb?.keys == ["pk": "a"] })
        #expect(found[1].dynamodb?.oldImage == ["pk": "a", "n": 1])
        #expect(found[1].dynamodb?.newImage == ["pk": "a", "n": 2])
        #expect(found[2].dynamodb?.newImage == nil)
        #expect(found[0].userIdentity == nil)
        #expect(try await records(cloud, from: "LATEST").isEmpty)
    }

    @Test(
        "a stream carries the images of its view type",
        arguments: [
            ("KEYS_ONLY", false, false), ("NEW_IMAGE", false, true), ("OLD_IMAGE", true, false),
        ])
    func views(type: String, hasOld: Bool, hasNew: Bool) async throws {
        let cloud = try await TableCloud()
        try await cloud.make("orders", stream: type)
        try await cloud.put(["pk": "a", "n": 1], into: "orders")
        try await cloud.put(["pk": "a", "n": 2], into: "orders")
        let record = try await records(cloud).last
        #expect((record?.dynamodb?.oldImage != nil) == hasOld)
        #expect((record?.dynamodb?.newImage != nil) == hasNew)
        #expect(record?.dynamodb?.streamViewType == type)
    }

    @Test("records are out of reach after 24 hours, and iterators after 15 minutes")
    func retention() async throws {
        let cloud = try await TableCloud()
        try await cloud.make("orders", stream: "KEYS_ONLY")
        try await cloud.put(["pk": "a"], into: "orders")
        cloud.cloud.clock.advance(by: .seconds(24 * 3600 + 1))
        try await cloud.put(["pk": "b"], into: "orders")
        #expect(try await records(cloud).map { $0.dynamodb?.keys } == [["pk": "b"]])
        let arn = try await cloud.describe("orders").latestStreamArn ?? ""
        let listed = try await cloud.call(
            DynamoDBStreamsAPI.listStreams, ListStreamsInput(tableName: "orders"))
        #expect(listed.streams?.map(\.streamArn) == [arn])
        let stale = ShardIterator(
            stream: try StreamARN(arn), next: 1,
            issued: cloud.cloud.clock.now - .seconds(901))
        await expectError("ExpiredIteratorException") {
            _ = try await cloud.call(
                DynamoDBStreamsAPI.getRecords, GetRecordsInput(shardIterator: stale.text))
        }
    }

    @Test("a disabled stream can be read to its end")
    func disabled() async throws {
        let cloud = try await TableCloud()
        try await cloud.make("orders", stream: "KEYS_ONLY")
        let arn = try await cloud.describe("orders").latestStreamArn ?? ""
        try await cloud.put(["pk": "a"], into: "orders")
        _ = try await cloud.call(
            DynamoDBAPI.updateTable,
            UpdateTableInput(
                tableName: "orders", streamSpecification: StreamSpecification(streamEnabled: false))
        )
        try await cloud.put(["pk": "b"], into: "orders")
        let stream = try await cloud.call(
            DynamoDBStreamsAPI.describeStream, DescribeStreamInput(streamArn: arn)
        ).streamDescription
        #expect(stream?.streamStatus == "DISABLED")
        let iterator = ShardIterator(
            stream: try StreamARN(arn), next: 1, issued: cloud.cloud.clock.now)
        let page = try await cloud.call(
            DynamoDBStreamsAPI.getRecords, GetRecordsInput(shardIterator: iterator.text))
        #expect(page.records?.count == 1)
        #expect(page.nextShardIterator == nil)
    }

    @Test("an item is deleted by the service when its time has come, and no other is")
    func timeToLive() async throws {
        let cloud = try await TableCloud()
        try await cloud.make("orders", stream: "OLD_IMAGE")
        let now = Int(cloud.cloud.clock.now.seconds)
        try await cloud.put(
            ["pk": "early", "ends": .init(integerLiteral: now + 60)], into: "orders")
        _ = try await cloud.call(
            DynamoDBAPI.updateTimeToLive,
            UpdateTimeToLiveInput(
                tableName: "orders",
                timeToLiveSpecification: .init(enabled: true, attributeName: "ends")))
        for (key, value) in [
            ("late", AttributeValue.number(DynamoDBNumber(now + 7200))), ("text", "\(now)"),
            ("ancient", .number(DynamoDBNumber(1_000))),
        ] {
            try await cloud.put(["pk": .string(key), "ends": value], into: "orders")
        }
        let described = try await cloud.call(
            DynamoDBAPI.describeTimeToLive, DescribeTimeToLiveInput(tableName: "orders"))
        #expect(described.timeToLiveDescription?.timeToLiveStatus == "ENABLED")
        try await cloud.withWork {
            // The item that was there before is brought into the index by a job.
            while try await cloud.rows(of: "index_items") < 3 { await Task.yield() }
            while try await cloud.get(["pk": "early"], from: "orders") != nil {
                cloud.cloud.clock.advance(by: .seconds(30))
                await Task.yield()
            }
        }
        let items = try await cloud.scan(ScanInput(tableName: "orders"))
        #expect(Set(items.compactMap { $0["pk"] }) == ["late", "text", "ancient"])
        let removal = try await records(cloud).last
        #expect(removal?.eventName == "REMOVE")
        #expect(removal?.userIdentity?.principalId == "dynamodb.amazonaws.com")
        #expect(removal?.userIdentity?.type == "Service")
    }
}
