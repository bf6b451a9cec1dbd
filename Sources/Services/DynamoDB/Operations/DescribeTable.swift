import DynamoDBModel
import ServiceKit
import Wire

/// Answers what a table is like.
struct DescribeTable: OperationHandler {
    static let operation = DynamoDBAPI.describeTable
    let tables: TableStore

    func access(for input: DescribeTableInput, in context: RequestContext) throws
        -> [AccessRequest]
    {
        try tables.access("DescribeTable", input.tableName, in: context)
    }

    func handle(_ input: DescribeTableInput, in context: RequestContext) async throws
        -> DescribeTableOutput
    {
        let reference = try TableReference(input.tableName, in: context)
        guard let table = try await tables.load(reference) else {
            throw Failure.noTable(reference.name)
        }
        return DescribeTableOutput(table: try await tables.describe(table))
    }
}
