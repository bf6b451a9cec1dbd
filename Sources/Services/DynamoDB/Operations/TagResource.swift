import DynamoDBModel
import ServiceKit
import Storage
import Wire

/// Adds tags to a table, or gives those that it has other values.
struct TagResource: OperationHandler {
    static let operation = DynamoDBAPI.tagResource
    let tables: TableStore

    func access(for input: TagResourceInput, in context: RequestContext) -> [AccessRequest] {
        var requests = tables.access("TagResource", arn: input.resourceArn)
        requests[0].conditionKeys = TagRules.conditionKeys(input.tags)
        return requests
    }

    func handle(_ input: TagResourceInput, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let reference = try TableReference(resource: input.resourceArn, in: context)
        try TagRules.check(input.tags)
        try await tables.database.write { transaction in
            guard let table = try transaction.table(reference) else {
                throw Failure.noResource(input.resourceArn)
            }
            try transaction.setTags(input.tags, of: table.id)
            try TagRules.check(count: transaction.tags(of: table.id).count)
        }
        return EmptyStructure()
    }
}
