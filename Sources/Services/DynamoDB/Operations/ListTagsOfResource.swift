import DynamoDBModel
import ServiceKit
import Storage
import Wire

/// Lists a table's tags, page by page.
struct ListTagsOfResource: OperationHandler {
    static let operation = DynamoDBAPI.listTagsOfResource
    let tables: TableStore

    func access(for input: ListTagsOfResourceInput, in context: RequestContext) -> [AccessRequest] {
        tables.access("ListTagsOfResource", arn: input.resourceArn)
    }

    func handle(_ input: ListTagsOfResourceInput, in context: RequestContext) async throws
        -> ListTagsOfResourceOutput
    {
        let reference = try TableReference(resource: input.resourceArn, in: context)
        let tags = try await tables.database.read { transaction in
            guard let table = try transaction.table(reference) else {
                throw Failure.noResource(input.resourceArn)
            }
            return try transaction.tags(of: table.id)
        }
        // The token is the last key of the page before.
        let rest = tags.drop { tag in input.nextToken.map { tag.key <= $0 } ?? false }
        let page = Array(rest.prefix(DynamoDBLimits.tagsPage))
        return ListTagsOfResourceOutput(
            tags: page, nextToken: rest.count > page.count ? page.last?.key : nil)
    }
}
