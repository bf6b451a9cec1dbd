import DynamoDBModel
import DynamoDBValues
import Platform
import TestKit
import Testing
import Wire

@testable import DynamoDB

@Suite("Items")
struct ItemTests {
    @Test("a write answers what it is asked for")
    func returnValues() async throws {
        let cloud = try await TableCloud()
        try await cloud.make("orders")
        try await cloud.put(["pk": "a", "n": 1, "m": .map(["x": 1, "y": 2])], into: "orders")
        func update(_ returning: String) async throws -> Item? {
            try await cloud.call(
                DynamoDBAPI.updateItem,
                UpdateItemInput(
                    tableName: "orders", key: ["pk": "a"], returnValues: returning,
                    updateExpression: "SET n = n + :one, m.x = m.x + :one",
                    expressionAttributeValues: .init([":one": 1]))
            ).attributes
        }
        #expect(try await update("UPDATED_OLD") == ["n": 1, "m": .map(["x": 1])])
        #expect(try await update("UPDATED_NEW") == ["n": 3, "m": .map(["x": 3])])
        #expect(try await update("ALL_OLD") == ["pk": "a", "n": 3, "m": .map(["x": 3, "y": 2])])
        #expect(try await update("ALL_NEW") == ["pk": "a", "n": 5, "m": .map(["x": 5, "y": 2])])
        #expect(try await update("NONE") == nil)
        await expectError("ValidationException", "Return values set to invalid value") {
            _ = try await cloud.call(
                DynamoDBAPI.putItem,
                PutItemInput(tableName: "orders", item: ["pk": "a"], returnValues: "ALL_NEW"))
        }
    }

    @Test("a condition that does not hold shows the item if asked to")
    func conditions() async throws {
        let cloud = try await TableCloud()
        try await cloud.make("orders")
        try await cloud.put(["pk": "a", "n": 1], into: "orders")
        var request = PutItemInput(
            tableName: "orders", item: ["pk": "a"],
            conditionExpression: "attribute_not_exists(pk)")
        await expectError(
            "ConditionalCheckFailedException", "The conditional request failed"
        ) { _ = try await cloud.call(DynamoDBAPI.putItem, request) }
        request.returnValuesOnConditionCheckFailure = "ALL_OLD"
        do {
            _ = try await cloud.call(DynamoDBAPI.putItem, request)
        } catch let error as AWSError {
            #expect(error.fields["Item"] == ["pk": ["S": "a"], "n": ["N": "1"]])
        }
        #expect(try await cloud.get(["pk": "a"], from: "orders") == ["pk": "a", "n": 1])
    }

    private static let noKeys: [(Item, String)] = [
        (["pk": "a"], "The provided key element does not match the schema"),
        (["pk": "a", "sk": "b"], "The provided key element does not match the schema"),
        (["pk": "a", "sk": 1, "x": 1], "The provided key element does not match the schema"),
        (["pk": "", "sk": 1], emptyKey),
        (["pk": .string(String(repeating: "k", count: 2_049)), "sk": 1], longKey),
    ]
    private static let emptyKey: String =
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot "
        + "contain an empty string value. Key: pk"
    private static let longKey: String =
        "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size "
        + "limit of2048 bytes"

    @Test("keys that are none are refused in AWS's words", arguments: noKeys)
    func keys(key: Item, message: String) async throws {
        let cloud = try await TableCloud()
        try await cloud.make("orders", "pk:S", "sk:N")
        await expectError("ValidationException", message) {
            _ = try await cloud.get(key, from: "orders")
        }
    }

    @Test("an item has 400 KB at most")
    func size() async throws {
        let cloud = try await TableCloud()
        try await cloud.make("orders")
        let fits = String(repeating: "x", count: 400 * 1024 - 4)
        try await cloud.put(["pk": "a", "v": .string(fits)], into: "orders")
        await expectError(
            "ValidationException", "Item size has exceeded the maximum allowed size"
        ) {
            try await cloud.put(["pk": "ab", "v": .string(fits)], into: "orders")
        }
        await expectError(
            "ValidationException", "Item size to update has exceeded the maximum allowed size"
        ) {
            _ = try await cloud.call(
                DynamoDBAPI.updateItem,
                UpdateItemInput(
                    tableName: "orders", key: ["pk": "a"], updateExpression: "SET w = :w",
                    expressionAttributeValues: .init([":w": 1])))
        }
    }

    @Test("capacity is counted as AWS counts it")
    func capacity() async throws {
        let cloud = try await TableCloud()
        try await cloud.make(
            "orders", globals: [TableCloud.global("by-day", "day")], also: ["day:S"])
        let text = AttributeValue.string(String(repeating: "x", count: 5_000))
        let put = try await cloud.call(
            DynamoDBAPI.putItem,
            PutItemInput(
                tableName: "orders", item: ["pk": "a", "day": "monday", "v": text],
                returnConsumedCapacity: "INDEXES"))
        #expect(put.consumedCapacity?.capacityUnits == 10)
        #expect(put.consumedCapacity?.table?.capacityUnits == 5)
        #expect(put.consumedCapacity?.globalSecondaryIndexes?["by-day"]?.capacityUnits == 5)
        func read(_ isConsistent: Bool) async throws -> Double? {
            try await cloud.call(
                DynamoDBAPI.getItem,
                GetItemInput(
                    tableName: "orders", key: ["pk": "a"], consistentRead: isConsistent,
                    returnConsumedCapacity: "TOTAL")
            ).consumedCapacity?.capacityUnits
        }
        #expect(try await read(false) == 1)
        #expect(try await read(true) == 2)
    }

    @Test("provisioned throughput throttles once its burst is spent, and recovers")
    func throttling() async throws {
        let cloud = try await TableCloud()
        _ = try await cloud.call(
            DynamoDBAPI.createTable,
            CreateTableInput(
                attributeDefinitions: [TableCloud.definition("pk:S")], tableName: "orders",
                keySchema: TableCloud.schema("pk"),
                provisionedThroughput: .init(readCapacityUnits: 1, writeCapacityUnits: 1)))
        for number in 0..<300 {
            try await cloud.put(["pk": .string("\(number)")], into: "orders")
        }
        await expectError("ProvisionedThroughputExceededException") {
            try await cloud.put(["pk": "more"], into: "orders")
        }
        cloud.cloud.clock.advance(by: .seconds(2))
        try await cloud.put(["pk": "more"], into: "orders")
    }

    @Test("a page ends before 1 MB, and a filter does not change where")
    func pages() async throws {
        let cloud = try await TableCloud()
        try await cloud.make("orders", "pk:S", "sk:N")
        let text = AttributeValue.string(String(repeating: "x", count: 100_000))
        for number in 0..<25 {
            let sk = AttributeValue.number(DynamoDBNumber(number))
            try await cloud.put(["pk": "a", "sk": sk, "v": text], into: "orders")
        }
        var request = QueryInput(
            tableName: "orders", filterExpression: "sk < :none", keyConditionExpression: "pk = :p",
            expressionAttributeValues: .init([":p": "a", ":none": 0]))
        var (scanned, pages) = (0, 0)
        repeat {
            let page = try await cloud.call(DynamoDBAPI.query, request)
            scanned += page.scannedCount ?? 0
            pages += 1
            #expect(page.count == 0)
            #expect(page.scannedCount ?? 0 <= 10)
            request.exclusiveStartKey = page.lastEvaluatedKey
        } while request.exclusiveStartKey != nil
        #expect(scanned == 25)
        #expect(pages == 3)
    }

    @Test("an index with a key of several attributes is read by a beginning of them")
    func severalAttributes() async throws {
        let cloud = try await TableCloud()
        let index = GlobalSecondaryIndex(
            indexName: "several",
            keySchema: [
                .init(attributeName: "country", keyType: "HASH"),
                .init(attributeName: "city", keyType: "HASH"),
                .init(attributeName: "street", keyType: "RANGE"),
                .init(attributeName: "house", keyType: "RANGE"),
            ], projection: Projection(projectionType: "ALL"))
        try await cloud.make(
            "houses", globals: [index], also: ["country:S", "city:S", "street:S", "house:N"])
        for (key, street, number) in [
            ("a", "high", 10), ("b", "high", 9), ("c", "highest", 1), ("d", "low", 5),
        ] {
            try await cloud.put(
                [
                    "pk": .string(key), "country": "uk", "city": "york", "street": .string(street),
                    "house": .number(DynamoDBNumber(number)),
                ], into: "houses")
        }
        func keys(_ condition: String, _ values: AttributeMap) async throws -> [AttributeValue?] {
            var all: AttributeMap = [":uk": "uk", ":york": "york"]
            for element in values { all[element.name] = element.value }
            return try await cloud.query(
                QueryInput(
                    tableName: "houses", indexName: "several", limit: 1,
                    keyConditionExpression: "country = :uk AND city = :york" + condition,
                    expressionAttributeValues: .init(all))
            ).map { $0["pk"] }
        }
        #expect(try await keys("", [:]) == ["b", "a", "c", "d"])
        #expect(try await keys(" AND street = :s", [":s": "high"]) == ["b", "a"])
        #expect(try await keys(" AND street > :s", [":s": "high"]) == ["c", "d"])
        #expect(try await keys(" AND street <= :s", [":s": "high"]) == ["b", "a"])
        #expect(try await keys(" AND begins_with(street, :s)", [":s": "high"]) == ["b", "a", "c"])
        #expect(
            try await keys(" AND street = :s AND house > :n", [":s": "high", ":n": 9]) == ["a"])
        await expectError("ValidationException") {
            _ = try await keys(" AND house > :n", [":n": 9])
        }
    }

    @Test(
        "segments of a scan have everything once, however many there are", arguments: [1, 3, 4_000])
    func segments(total: Int) async throws {
        let cloud = try await TableCloud()
        try await cloud.make("orders")
        for number in 0..<20 {
            try await cloud.put(["pk": .string("\(number)")], into: "orders")
        }
        var found: [AttributeValue?] = []
        for segment in 0..<total {
            found += try await cloud.scan(
                ScanInput(tableName: "orders", limit: 3, totalSegments: total, segment: segment)
            ).map { $0["pk"] }
        }
        #expect(found.count == 20)
        #expect(Set(found).count == 20)
    }

    @Test("a batch writes to several tables, and reads back what is there")
    func batches() async throws {
        let cloud = try await TableCloud()
        try await cloud.make("orders")
        try await cloud.make("lines")
        _ = try await cloud.call(
            DynamoDBAPI.batchWriteItem,
            BatchWriteItemInput(requestItems: [
                "orders": [.init(putRequest: .init(item: ["pk": "a"]))],
                "lines": [
                    .init(putRequest: .init(item: ["pk": "b"])),
                    .init(deleteRequest: .init(key: ["pk": "c"])),
                ],
            ]))
        let read = try await cloud.call(
            DynamoDBAPI.batchGetItem,
            BatchGetItemInput(requestItems: [
                "orders": .init(keys: [["pk": "a"], ["pk": "x"]]),
                "lines": .init(keys: [["pk": "b"]]),
            ]))
        #expect(read.responses == ["orders": [["pk": "a"]], "lines": [["pk": "b"]]])
        #expect(read.unprocessedKeys?.isEmpty == true)
    }
}
