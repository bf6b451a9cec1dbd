import DynamoDBModel
import ServiceKit
import Storage
import Wire

/// Removes tags from a table.
struct UntagResource: OperationHandler {
    static let operation = DynamoDBAPI.untagResource
    let tables: TableStore

    func access(for input: UntagResourceInput, in context: RequestContext) -> [AccessRequest] {
        var requests = tables.access("UntagResource", arn: input.resourceArn)
        requests[0].conditionKeys = ["aws:TagKeys": input.tagKeys]
        return requests
    }

    func handle(_ input: UntagResourceInput, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let reference = try TableReference(resource: input.resourceArn, in: context)
        try await tables.database.write { transaction in
            guard let table = try transaction.table(reference) else {
                throw Failure.noResource(input.resourceArn)
            }
            try transaction.removeTags(input.tagKeys, of: table.id)
        }
        return EmptyStructure()
    }
}
