import DynamoDBModel
import DynamoDBValues
import Platform
import TestKit
import Testing
import Wire

@testable import DynamoDB

@Suite("Tables")
struct TableTests {
    @Test("a table is described as AWS describes it")
    func describe() async throws {
        let cloud = try await TableCloud()
        let made = try await cloud.make("orders", "id:S", "line:N")
        #expect(made?.tableStatus == "CREATING")
        let table = try await cloud.describe("orders")
        #expect(table.tableStatus == "ACTIVE")
        #expect(table.tableArn == "arn:aws:dynamodb:us-east-1:123456789012:table/orders")
        #expect(table.keySchema?.map(\.attributeName) == ["id", "line"])
        #expect(table.billingModeSummary?.billingMode == "PAY_PER_REQUEST")
        #expect(table.provisionedThroughput?.readCapacityUnits == 0)
        #expect(table.creationDateTime == cloud.cloud.clock.now)
        #expect(table.itemCount == 0)
        #expect(table.deletionProtectionEnabled == false)
        #expect(table.globalSecondaryIndexes == nil)
    }

    @Test("a table is made once, and is gone when it is deleted")
    func lifecycle() async throws {
        let cloud = try await TableCloud()
        try await cloud.make("orders")
        await expectError("ResourceInUseException", "Table already exists: orders") {
            try await cloud.make("orders")
        }
        try await cloud.put(["pk": "a"], into: "orders")
        let deleted = try await cloud.call(
            DynamoDBAPI.deleteTable, DeleteTableInput(tableName: "orders"))
        #expect(deleted.tableDescription?.tableStatus == "DELETING")
        await expectError("ResourceNotFoundException", "Requested resource not found") {
            _ = try await cloud.get(["pk": "a"], from: "orders")
        }
        try await cloud.make("orders")
        #expect(try await cloud.get(["pk": "a"], from: "orders") == nil)
    }

    @Test("a deleted table leaves no rows behind")
    func purge() async throws {
        let cloud = try await TableCloud()
        try await cloud.make(
            "orders", globals: [TableCloud.global("by-day", "day")], also: ["day:S"])
        for number in 0..<10 {
            try await cloud.put(["pk": "\(number)", "day": "monday"], into: "orders")
        }
        #expect(try await cloud.rows(of: "index_items") == 10)
        _ = try await cloud.call(DynamoDBAPI.deleteTable, DeleteTableInput(tableName: "orders"))
        try await cloud.withWork {
            while try await cloud.rows(of: "items") + cloud.rows(of: "index_items") > 0 {
                await Task.yield()
            }
        }
    }

    @Test("a protected table stays")
    func protection() async throws {
        let cloud = try await TableCloud()
        try await cloud.make("orders")
        _ = try await cloud.call(
            DynamoDBAPI.updateTable,
            UpdateTableInput(tableName: "orders", deletionProtectionEnabled: true))
        await expectError("ValidationException") {
            _ = try await cloud.call(
                DynamoDBAPI.deleteTable, DeleteTableInput(tableName: "orders"))
        }
    }

    @Test("names come page by page")
    func names() async throws {
        let cloud = try await TableCloud()
        for name in ["ccc", "aaa", "bbb"] { try await cloud.make(name) }
        let first = try await cloud.call(DynamoDBAPI.listTables, ListTablesInput(limit: 2))
        #expect(first.tableNames == ["aaa", "bbb"])
        #expect(first.lastEvaluatedTableName == "bbb")
        let second = try await cloud.call(
            DynamoDBAPI.listTables, ListTablesInput(exclusiveStartTableName: "bbb", limit: 2))
        #expect(second.tableNames == ["ccc"])
        #expect(second.lastEvaluatedTableName == nil)
    }

    @Test(
        "what is wrong with a definition is said in AWS's words",
        arguments: [
            (
                ["id:S"], ["id:HASH", "at:RANGE"],
                "Invalid KeySchema: Some index key attribute have no definition"
            ),
            (
                ["at:N"], ["id:HASH"],
                "One or more parameter values were invalid: Some index key attributes are not "
                    + "defined in AttributeDefinitions. Keys: [id], AttributeDefinitions: [at]"
            ),
            (
                ["id:S", "at:N"], ["id:HASH"],
                "One or more parameter values were invalid: Number of attributes in KeySchema "
                    + "does not exactly match number of attributes defined in AttributeDefinitions"
            ),
            (
                ["id:S"], ["id:RANGE"],
                "Invalid KeySchema: The first KeySchemaElement is not a HASH key type"
            ),
        ])
    func definitions(attributes: [String], keys: [String], message: String) async throws {
        let cloud = try await TableCloud()
        await expectError("ValidationException", message) {
            _ = try await cloud.call(
                DynamoDBAPI.createTable,
                CreateTableInput(
                    attributeDefinitions: attributes.map(TableCloud.definition),
                    tableName: "orders",
                    keySchema: keys.map {
                        let parts = $0.split(separator: ":")
                        return KeySchemaElement(
                            attributeName: String(parts[0]), keyType: String(parts[1]))
                    }, billingMode: "PAY_PER_REQUEST"))
        }
    }

    @Test("an index that is made on a live table is filled, and can be dropped")
    func liveIndex() async throws {
        let cloud = try await TableCloud()
        try await cloud.make("orders")
        for number in 0..<30 {
            try await cloud.put(["pk": "\(number)", "day": "monday"], into: "orders")
        }
        let updated = try await cloud.call(
            DynamoDBAPI.updateTable,
            UpdateTableInput(
                attributeDefinitions: [TableCloud.definition("day:S")], tableName: "orders",
                globalSecondaryIndexUpdates: [
                    GlobalSecondaryIndexUpdate(
                        create: CreateGlobalSecondaryIndexAction(
                            indexName: "by-day", keySchema: TableCloud.schema("day"),
                            projection: Projection(projectionType: "KEYS_ONLY")))
                ]))
        let made = updated.tableDescription?.globalSecondaryIndexes?.first
        #expect(made?.indexStatus == "CREATING")
        #expect(made?.backfilling == true)
        try await cloud.withWork {
            while try await cloud.describe("orders").globalSecondaryIndexes?.first?.indexStatus
                != "ACTIVE"
            {
                await Task.yield()
            }
        }
        #expect(try await cloud.rows(of: "index_items") == 30)
        _ = try await cloud.call(
            DynamoDBAPI.updateTable,
            UpdateTableInput(
                tableName: "orders",
                globalSecondaryIndexUpdates: [
                    GlobalSecondaryIndexUpdate(
                        delete: DeleteGlobalSecondaryIndexAction(indexName: "by-day"))
                ]))
        let table = try await cloud.describe("orders")
        #expect(table.globalSecondaryIndexes == nil)
        #expect(table.attributeDefinitions?.map(\.attributeName) == ["pk"])
    }

    @Test("tags come page by page")
    func tags() async throws {
        let cloud = try await TableCloud()
        let arn = try await cloud.make("orders")?.tableArn ?? ""
        let tags = (10..<22).map { Tag(key: "k\($0)", value: "v") }
        _ = try await cloud.call(
            DynamoDBAPI.tagResource, TagResourceInput(resourceArn: arn, tags: tags))
        _ = try await cloud.call(
            DynamoDBAPI.untagResource,
            UntagResourceInput(resourceArn: arn, tagKeys: ["k10"]))
        let first = try await cloud.call(
            DynamoDBAPI.listTagsOfResource, ListTagsOfResourceInput(resourceArn: arn))
        #expect(first.tags?.count == 10)
        let second = try await cloud.call(
            DynamoDBAPI.listTagsOfResource,
            ListTagsOfResourceInput(resourceArn: arn, nextToken: first.nextToken))
        #expect(second.tags?.map(\.key) == ["k21"])
        #expect(second.nextToken == nil)
    }

    @Test("a policy has revisions")
    func policies() async throws {
        let cloud = try await TableCloud()
        let arn = try await cloud.make("orders")?.tableArn ?? ""
        func put(_ policy: String, _ expected: String? = nil) async throws -> String? {
            try await cloud.call(
                DynamoDBAPI.putResourcePolicy,
                PutResourcePolicyInput(
                    resourceArn: arn, policy: policy, expectedRevisionId: expected)
            ).revisionId
        }
        let (one, two) = ("{\"Statement\":[]}", "{\"Statement\":[{}]}")
        let first = try await put(one, "NO_POLICY")
        #expect(try await put(one) == first)
        let second = try await put(two, first)
        #expect(second != first)
        await expectError("PolicyNotFoundException") { _ = try await put(one, first) }
        let read = try await cloud.call(
            DynamoDBAPI.getResourcePolicy, GetResourcePolicyInput(resourceArn: arn))
        #expect(read.policy == two)
        _ = try await cloud.call(
            DynamoDBAPI.deleteResourcePolicy, DeleteResourcePolicyInput(resourceArn: arn))
        await expectError("PolicyNotFoundException") {
            _ = try await cloud.call(
                DynamoDBAPI.getResourcePolicy, GetResourcePolicyInput(resourceArn: arn))
        }
    }

    @Test("limits and endpoints are answered")
    func limits() async throws {
        let cloud = try await TableCloud()
        let limits = try await cloud.call(DynamoDBAPI.describeLimits, DescribeLimitsInput())
        #expect(limits.tableMaxReadCapacityUnits == 40_000)
        let endpoints = try await cloud.call(
            DynamoDBAPI.describeEndpoints, DescribeEndpointsRequest()
        ).endpoints
        #expect(endpoints.map(\.address) == ["localhost:4566"])
    }
}
