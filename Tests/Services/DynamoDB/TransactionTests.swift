import DynamoDBModel
import DynamoDBValues
import Platform
import TestKit
import Testing
import Wire

@testable import DynamoDB

@Suite("Transactions and statements")
struct TransactionTests {
    private func cloud() async throws -> TableCloud {
        let cloud = try await TableCloud()
        try await cloud.make("orders")
        try await cloud.put(["pk": "a", "n": 1], into: "orders")
        return cloud
    }

    private func write(_ cloud: TableCloud, _ items: [TransactWriteItem], token: String? = nil)
        async throws
    {
        _ = try await cloud.call(
            DynamoDBAPI.transactWriteItems,
            TransactWriteItemsInput(transactItems: items, clientRequestToken: token))
    }

    private func put(_ key: String, _ condition: String? = nil) -> TransactWriteItem {
        TransactWriteItem(
            put: Put(
                item: ["pk": .string(key)], tableName: "orders", conditionExpression: condition))
    }

    @Test("nothing is written where one condition does not hold, and each action has a reason")
    func reasons() async throws {
        let cloud = try await cloud()
        await expectError(
            "TransactionCanceledException",
            "Transaction cancelled, please refer cancellation reasons for specific reasons "
                + "[None, ConditionalCheckFailed]"
        ) {
            try await write(cloud, [put("b"), put("a", "attribute_not_exists(pk)")])
        }
        #expect(try await cloud.get(["pk": "b"], from: "orders") == nil)
        await expectError(
            "ValidationException",
            "Transaction request cannot include multiple operations on one item"
        ) { try await write(cloud, [put("b"), put("b")]) }
    }

    @Test("a token makes a request once, for ten minutes")
    func tokens() async throws {
        let cloud = try await cloud()
        func add() async throws {
            try await write(
                cloud,
                [
                    TransactWriteItem(
                        update: Update(
                            key: ["pk": "a"], updateExpression: "ADD n :one", tableName: "orders",
                            expressionAttributeValues: .init([":one": 1])))
                ], token: "once")
        }
        try await add()
        try await add()
        #expect(try await cloud.get(["pk": "a"], from: "orders")?["n"] == 2)
        await expectError("IdempotentParameterMismatchException") {
            try await write(cloud, [put("b")], token: "once")
        }
        cloud.cloud.clock.advance(by: .seconds(601))
        try await add()
        #expect(try await cloud.get(["pk": "a"], from: "orders")?["n"] == 3)
    }

    @Test("items are read as of one moment, those that are not there too")
    func reads() async throws {
        let cloud = try await cloud()
        let answer = try await cloud.call(
            DynamoDBAPI.transactGetItems,
            TransactGetItemsInput(
                transactItems: ["a", "b"].map {
                    TransactGetItem(get: Get(key: ["pk": .string($0)], tableName: "orders"))
                }, returnConsumedCapacity: "TOTAL"))
        #expect(answer.responses?.map(\.item) == [["pk": "a", "n": 1], nil])
        #expect(answer.consumedCapacity?.first?.readCapacityUnits == 4)
    }

    // MARK: - PartiQL

    private func run(_ cloud: TableCloud, _ text: String, _ parameters: AttributeValue...)
        async throws -> [Item]
    {
        try await cloud.call(
            DynamoDBAPI.executeStatement,
            ExecuteStatementInput(
                statement: text, parameters: parameters.isEmpty ? nil : parameters)
        ).items ?? []
    }

    @Test("statements insert, select, update and delete")
    func statements() async throws {
        let cloud = try await cloud()
        _ = try await run(cloud, "INSERT INTO orders VALUE {'pk': 'b', 'tags': ['x']}")
        await expectError(
            "DuplicateItemException", "Duplicate primary key exists in table"
        ) { _ = try await run(cloud, "INSERT INTO orders VALUE {'pk': 'b'}") }
        #expect(
            try await run(cloud, "SELECT tags[0] FROM orders WHERE pk = ?", "b").first?.isEmpty
                == false)
        let old = try await run(
            cloud, "UPDATE orders SET n = n + 1 WHERE pk = 'a' RETURNING ALL OLD *")
        #expect(old == [["pk": "a", "n": 1]])
        #expect(try await run(cloud, "SELECT n FROM orders WHERE pk = 'a'") == [["n": 2]])
        await expectError("ConditionalCheckFailedException") {
            _ = try await run(cloud, "UPDATE orders SET n = 1 WHERE pk = 'none'")
        }
        await expectError(
            "ValidationException",
            "Where clause does not contain a mandatory equality on all key attributes"
        ) { _ = try await run(cloud, "DELETE FROM orders WHERE n = 2") }
        _ = try await run(cloud, "DELETE FROM orders WHERE pk = 'a'")
        #expect(try await run(cloud, "SELECT pk FROM orders") == [["pk": "b"]])
    }

    @Test("a selection goes on where its token says")
    func tokensOfStatements() async throws {
        let cloud = try await TableCloud()
        try await cloud.make("lines", "pk:S", "sk:N")
        for number in 0..<5 {
            let sk = AttributeValue.number(DynamoDBNumber(number))
            try await cloud.put(["pk": "a", "sk": sk], into: "lines")
        }
        var request = ExecuteStatementInput(
            statement: "SELECT * FROM lines WHERE pk = 'a' AND sk > 0 ORDER BY sk DESC", limit: 3)
        var found: [AttributeValue?] = []
        repeat {
            let page = try await cloud.call(DynamoDBAPI.executeStatement, request)
            found += (page.items ?? []).map { $0["sk"] }
            request.nextToken = page.nextToken
        } while request.nextToken != nil
        #expect(found == [4, 3, 2, 1])
        request.nextToken = "nonsense"
        await expectError("ValidationException", "Invalid NextToken") {
            _ = try await cloud.call(DynamoDBAPI.executeStatement, request)
        }
    }

    @Test("a batch of statements answers each, and a transaction all or none")
    func batches() async throws {
        let cloud = try await cloud()
        let batch = try await cloud.call(
            DynamoDBAPI.batchExecuteStatement,
            BatchExecuteStatementInput(statements: [
                .init(statement: "SELECT n FROM orders WHERE pk = 'a'"),
                .init(statement: "SELECT n FROM orders"),
                .init(statement: "SELECT n FROM nothing WHERE pk = 'a'"),
            ]))
        #expect(batch.responses?.map(\.item) == [["n": 1], nil, nil])
        #expect(
            batch.responses?.map(\.error?.code) == [nil, "ValidationError", "ResourceNotFound"])
        func transact(_ statements: String...) async throws {
            _ = try await cloud.call(
                DynamoDBAPI.executeTransaction,
                ExecuteTransactionInput(
                    transactStatements: statements.map { ParameterizedStatement(statement: $0) }))
        }
        await expectError(
            "TransactionCanceledException",
            "Transaction cancelled, please refer cancellation reasons for specific reasons "
                + "[None, DuplicateItem]"
        ) {
            try await transact(
                "DELETE FROM orders WHERE pk = 'b'", "INSERT INTO orders VALUE {'pk': 'a'}")
        }
        try await transact(
            "EXISTS(SELECT * FROM orders WHERE pk = 'a' AND n = 1)",
            "INSERT INTO orders VALUE {'pk': 'b'}")
        #expect(try await cloud.get(["pk": "b"], from: "orders") == ["pk": "b"])
    }
}
