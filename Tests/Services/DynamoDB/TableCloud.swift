import DynamoDB
import DynamoDBModel
import DynamoDBValues
import Platform
import ServiceKit
import Storage
import TestKit
import Wire

/// DynamoDB in a test's process.
struct TableCloud {
    let cloud = TestCloud()
    let service: DynamoDBService
    let database: any Database

    init() async throws {
        database = try await cloud.database("dynamodb", migrations: DynamoDBService.migrations)
        service = DynamoDBService(cloud.dependencies, database: database)
        cloud.assemble([service])
    }

    func call<Input: Structure, Output: Structure>(
        _ operation: Operation<Input, Output>, _ input: Input, in context: RequestContext? = nil
    ) async throws -> Output {
        try await cloud.call(operation, input, in: context)
    }

    /// Does `body` while the service's background work runs.
    func withWork(_ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { [service] in try await service.run() }
            try await body()
            group.cancelAll()
        }
    }

    /// Makes a table with on-demand billing, whose keys are written `name:type`.
    @discardableResult
    func make(
        _ name: String, _ hash: String = "pk:S", _ range: String? = nil,
        locals: [LocalSecondaryIndex]? = nil, globals: [GlobalSecondaryIndex]? = nil,
        also attributes: [String] = [], stream: String? = nil
    ) async throws -> TableDescription? {
        let keys = [hash] + (range.map { [$0] } ?? [])
        return try await call(
            DynamoDBAPI.createTable,
            CreateTableInput(
                attributeDefinitions: (keys + attributes).map(Self.definition), tableName: name,
                keySchema: Self.schema(hash, range), localSecondaryIndexes: locals,
                globalSecondaryIndexes: globals, billingMode: "PAY_PER_REQUEST",
                streamSpecification: stream.map {
                    StreamSpecification(streamEnabled: true, streamViewType: $0)
                })
        ).tableDescription
    }

    static func definition(_ text: String) -> AttributeDefinition {
        let parts = text.split(separator: ":")
        return AttributeDefinition(
            attributeName: String(parts[0]), attributeType: String(parts[1]))
    }

    static func schema(_ hash: String, _ range: String? = nil) -> [KeySchemaElement] {
        func element(_ text: String, _ type: String) -> KeySchemaElement {
            KeySchemaElement(
                attributeName: String(text.split(separator: ":")[0]), keyType: type)
        }
        return [element(hash, "HASH")] + (range.map { [element($0, "RANGE")] } ?? [])
    }

    /// A global index that projects all attributes.
    static func global(
        _ name: String, _ hash: String, _ range: String? = nil, projecting: String = "ALL",
        _ attributes: [String]? = nil
    ) -> GlobalSecondaryIndex {
        GlobalSecondaryIndex(
            indexName: name, keySchema: schema(hash, range),
            projection: Projection(projectionType: projecting, nonKeyAttributes: attributes))
    }

    func put(_ item: Item, into table: String) async throws {
        _ = try await call(DynamoDBAPI.putItem, PutItemInput(tableName: table, item: item))
    }

    func get(_ key: Item, from table: String) async throws -> Item? {
        try await call(DynamoDBAPI.getItem, GetItemInput(tableName: table, key: key)).item
    }

    func describe(_ table: String) async throws -> TableDescription {
        try await call(DynamoDBAPI.describeTable, DescribeTableInput(tableName: table)).table
            ?? TableDescription()
    }

    /// Every item of a query, page by page.
    func query(_ request: QueryInput) async throws -> [Item] {
        var request = request
        var items: [Item] = []
        repeat {
            let page = try await call(DynamoDBAPI.query, request)
            items += page.items ?? []
            request.exclusiveStartKey = page.lastEvaluatedKey
        } while request.exclusiveStartKey != nil
        return items
    }

    /// Every item of a scan, page by page.
    func scan(_ request: ScanInput) async throws -> [Item] {
        var request = request
        var items: [Item] = []
        repeat {
            let page = try await call(DynamoDBAPI.scan, request)
            items += page.items ?? []
            request.exclusiveStartKey = page.lastEvaluatedKey
        } while request.exclusiveStartKey != nil
        return items
    }

    /// How many rows a table of the database has.
    func rows(of table: String) async throws -> Int {
        try await database.read { try $0.first("SELECT COUNT(*) FROM \(table)")?.int(0) ?? 0 }
    }
}

extension AttributeValue: ExpressibleByStringInterpolation,
    ExpressibleByIntegerLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .number(DynamoDBNumber(value)) }
}
