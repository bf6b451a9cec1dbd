import DynamoDBModel
import ServiceKit
import Wire

/// Deletes a table with all that is in it.
struct DeleteTable: OperationHandler {
    static let operation = DynamoDBAPI.deleteTable
    let tables: TableStore

    func access(for input: DeleteTableInput, in context: RequestContext) throws -> [AccessRequest] {
        try tables.access("DeleteTable", input.tableName, in: context)
    }

    func handle(_ input: DeleteTableInput, in context: RequestContext) async throws
        -> DeleteTableOutput
    {
        let table = try await tables.delete(TableReference(input.tableName, in: context))
        // Of a table that goes, AWS shows neither the schema nor the streams.
        let description = table.description
        return DeleteTableOutput(
            tableDescription: TableDescription(
                tableName: table.name, tableStatus: "DELETING",
                provisionedThroughput: description.provisionedThroughput, tableSizeBytes: 0,
                itemCount: 0, tableArn: table.arn, tableId: description.tableId,
                billingModeSummary: description.billingModeSummary,
                streamSpecification: description.streamSpecification,
                latestStreamLabel: description.latestStreamLabel,
                latestStreamArn: description.latestStreamArn,
                deletionProtectionEnabled: description.deletionProtectionEnabled))
    }
}
