import DynamoDBModel
import DynamoDBValues
import Platform
import TestKit
import Testing
import Wire

@testable import DynamoDB

/// Any sequence of operations on the store and on a simple model in memory gives the same answers.
@Suite("The store and a model of it")
struct ModelTests {
    /// What the table should hold: items by their keys.
    private struct Model {
        var items: [String: [Int: AttributeMap]] = [:]

        subscript(pk: String, sk: Int) -> AttributeMap? {
            get { items[pk]?[sk] }
            set { items[pk, default: [:]][sk] = newValue }
        }

        /// The items of a partition key in the order of their sort keys.
        func partition(_ pk: String) -> [AttributeMap] {
            (items[pk] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
        }

        var all: [AttributeMap] { items.values.flatMap { $0.values } }
    }

    private struct Generator {
        var state: UInt64

        mutating func number(_ bound: Int) -> Int {
            // SplitMix64
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
            return Int((z ^ z >> 31) % UInt64(bound))
        }
    }

    private static func key(_ pk: String, _ sk: Int) -> AttributeMap {
        ["pk": .string(pk), "sk": .number(DynamoDBNumber(sk))]
    }

    @Test("a run of operations answers as the model does", arguments: 1...6)
    func runs(seed: UInt64) async throws {
        let cloud = try await TableCloud()
        try await cloud.make(
            "things", "pk:S", "sk:N",
            locals: [
                LocalSecondaryIndex(
                    indexName: "local", keySchema: TableCloud.schema("pk", "rank"),
                    projection: Projection(projectionType: "KEYS_ONLY"))
            ],
            globals: [
                TableCloud.global("all", "color", "rank"),
                TableCloud.global("some", "color", projecting: "INCLUDE", ["note"]),
            ], also: ["rank:N", "color:S"])
        var (model, random) = (Model(), Generator(state: seed))
        for _ in 0..<150 {
            try await step(cloud, &model, &random)
        }
        try await compare(cloud, model)
    }

    private func step(_ cloud: TableCloud, _ model: inout Model, _ random: inout Generator)
        async throws
    {
        let (pk, sk) = ("p\(random.number(3))", random.number(8) - 4)
        let key = Item(Self.key(pk, sk))
        switch random.number(5) {
        case 0, 1:
            var item = Self.key(pk, sk)
            if random.number(3) > 0 { item["rank"] = .number(DynamoDBNumber(random.number(4))) }
            if random.number(3) > 0 { item["color"] = .string(["red", "blue"][random.number(2)]) }
            if random.number(2) > 0 { item["note"] = .string("n\(random.number(3))") }
            item["more"] = .list([.null, .boolean(true)])
            let old = try await cloud.call(
                DynamoDBAPI.putItem,
                PutItemInput(tableName: "things", item: Item(item), returnValues: "ALL_OLD"))
            #expect(old.attributes?.attributes == model[pk, sk])
            model[pk, sk] = item
        case 2:
            let old = try await cloud.call(
                DynamoDBAPI.deleteItem,
                DeleteItemInput(tableName: "things", key: key, returnValues: "ALL_OLD"))
            #expect(old.attributes?.attributes == model[pk, sk])
            model[pk, sk] = nil
        case 3:
            var expected = model[pk, sk] ?? Self.key(pk, sk)
            let color = ["red", "green"][random.number(2)]
            expected["color"] = .string(color)
            expected["note"] = nil
            let new = try await cloud.call(
                DynamoDBAPI.updateItem,
                UpdateItemInput(
                    tableName: "things", key: key, returnValues: "ALL_NEW",
                    updateExpression: "SET color = :c REMOVE note",
                    expressionAttributeValues: .init([":c": .string(color)])))
            #expect(new.attributes?.attributes == expected)
            model[pk, sk] = expected
        default:
            let found = try await cloud.get(key, from: "things")
            #expect(found?.attributes == model[pk, sk])
        }
    }

    private func compare(_ cloud: TableCloud, _ model: Model) async throws {
        for pk in ["p0", "p1", "p2"] {
            let values = ExpressionAttributeValues([":p": .string(pk)])
            let rows = try await cloud.query(
                QueryInput(
                    tableName: "things", limit: 3, keyConditionExpression: "pk = :p",
                    expressionAttributeValues: values))
            #expect(rows.map(\.attributes) == model.partition(pk))
            let reversed = try await cloud.query(
                QueryInput(
                    tableName: "things", limit: 2, scanIndexForward: false,
                    keyConditionExpression: "pk = :p", expressionAttributeValues: values))
            #expect(reversed.map(\.attributes) == model.partition(pk).reversed())
            let local = try await cloud.query(
                QueryInput(
                    tableName: "things", indexName: "local", select: "ALL_ATTRIBUTES", limit: 2,
                    keyConditionExpression: "pk = :p", expressionAttributeValues: values))
            #expect(
                Set(local.map(\.attributes))
                    == Set(model.partition(pk).filter { $0["rank"] != nil }))
        }
        for color in ["red", "blue", "green"] {
            let colored = model.all.filter { $0["color"] == .string(color) }
            try await compare(cloud, colored, color)
        }
        let scanned = try await cloud.scan(ScanInput(tableName: "things", limit: 4))
        #expect(Set(scanned.map(\.attributes)) == Set(model.all))
        #expect(scanned.count == model.all.count)
        #expect(try await cloud.describe("things").itemCount == model.all.count)
    }

    private func compare(_ cloud: TableCloud, _ expected: [AttributeMap], _ color: String)
        async throws
    {
        let values = ExpressionAttributeValues([":c": .string(color)])
        let all = try await cloud.query(
            QueryInput(
                tableName: "things", indexName: "all", limit: 3,
                keyConditionExpression: "color = :c",
                expressionAttributeValues: values))
        #expect(Set(all.map(\.attributes)) == Set(expected.filter { $0["rank"] != nil }))
        let some = try await cloud.query(
            QueryInput(
                tableName: "things", indexName: "some", limit: 3,
                keyConditionExpression: "color = :c",
                expressionAttributeValues: values))
        let projected = expected.map { item -> AttributeMap in
            var item = item
            (item["rank"], item["more"]) = (nil, nil)
            return item
        }
        #expect(Set(some.map(\.attributes)) == Set(projected))
        #expect(some.count == projected.count)
    }
}
