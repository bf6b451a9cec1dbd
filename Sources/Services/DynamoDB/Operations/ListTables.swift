import DynamoDBModel
import ServiceKit
import Wire

/// Lists the names of tables, page by page.
struct ListTables: OperationHandler {
    static let operation = DynamoDBAPI.listTables
    let tables: TableStore

    func access(for input: ListTablesInput, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("dynamodb:ListTables")]
    }

    func handle(_ input: ListTablesInput, in context: RequestContext) async throws
        -> ListTablesOutput
    {
        if let start = input.exclusiveStartTableName, !TableReference.isName(start) {
            throw TableReference.invalidName(start)
        }
        let limit = input.limit ?? DynamoDBLimits.namesPage
        // One name more than asked for tells whether there is another page.
        var names = try await tables.names(
            in: TableScope(context), after: input.exclusiveStartTableName ?? "", limit: limit + 1)
        let hasMore = names.count > limit
        if hasMore { names.removeLast() }
        return ListTablesOutput(
            tableNames: names, lastEvaluatedTableName: hasMore ? names.last : nil)
    }
}
