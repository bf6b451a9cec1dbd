import DynamoDBModel
import DynamoDBValues
import Platform
import ServiceKit
import Wire

/// Makes a table.
struct CreateTable: OperationHandler {
    static let operation = DynamoDBAPI.createTable
    let tables: TableStore
    let randomness: any Randomness

    func access(for input: CreateTableInput, in context: RequestContext) throws -> [AccessRequest] {
        let tags = input.tags ?? []
        var requests = try tables.access(
            "CreateTable", input.tableName, keys: TagRules.conditionKeys(tags), in: context)
        if !tags.isEmpty {
            requests += try tables.access(
                "TagResource", input.tableName, keys: TagRules.conditionKeys(tags), in: context)
        }
        if input.resourcePolicy != nil {
            requests += try tables.access("PutResourcePolicy", input.tableName, in: context)
        }
        return requests
    }

    func handle(_ input: CreateTableInput, in context: RequestContext) async throws
        -> CreateTableOutput
    {
        var input = input
        let reference = try TableReference(input.tableName, in: context)
        input.tableName = reference.name
        try TableRules.check(input)
        try TagRules.check(input.tags ?? [])
        guard input.globalTableSourceArn == nil else {
            throw AWSError.validation("GlobalTableSourceArn is not supported by Apus.")
        }
        let viewType = try Self.viewType(input.streamSpecification)
        if let policy = input.resourcePolicy { try ResourcePolicyRules.check(policy) }
        let table = try await tables.create(
            reference,
            TableDescription(
                input, in: reference.scope, id: randomness.uuid(), at: tables.clock.now),
            stream: viewType, tags: input.tags ?? [],
            policy: input.resourcePolicy.map {
                .init(text: $0, revision: ResourcePolicyRules.revision(tables.clock.now))
            })
        var description = table.description.with([:], of: table)
        // The table is there when this is answered; AWS's takes a moment, and waiters wait for it.
        description.tableStatus = "CREATING"
        description.globalSecondaryIndexes = description.globalSecondaryIndexes?.map { index in
            var index = index
            index.indexStatus = "CREATING"
            return index
        }
        return CreateTableOutput(tableDescription: description)
    }

    /// The view type of the stream that a request asks for; `nil` where it asks for none.
    ///
    /// - Throws: `ValidationException` where it does not say which.
    static func viewType(_ specification: StreamSpecification?) throws -> String? {
        guard let specification, specification.streamEnabled else { return nil }
        guard let viewType = specification.streamViewType else {
            throw Failure.invalidParameters(
                "StreamSpecification has StreamEnabled set to true, but StreamViewType is missing")
        }
        return viewType
    }
}
