import DynamoDBModel
import Platform
import ServiceKit
import Wire

/// Answers to which times a table can be restored.
struct DescribeContinuousBackups: OperationHandler {
    static let operation = DynamoDBAPI.describeContinuousBackups
    let tables: TableStore

    func access(for input: DescribeContinuousBackupsInput, in context: RequestContext) throws
        -> [AccessRequest]
    {
        try tables.access("DescribeContinuousBackups", input.tableName, in: context)
    }

    func handle(_ input: DescribeContinuousBackupsInput, in context: RequestContext) async throws
        -> DescribeContinuousBackupsOutput
    {
        let reference = try TableReference(input.tableName, in: context)
        guard let table = try await tables.load(reference) else {
            throw Failure.tableNotFound(reference.name)
        }
        return DescribeContinuousBackupsOutput(
            continuousBackupsDescription: table.continuousBackups(now: tables.clock.now))
    }
}
