import DynamoDBModel
import DynamoDBValues
import Jobs
import Platform
import ServiceKit
import Storage
import Wire

/// Changes a table: its throughput, indexes, stream, protection and so on.
struct UpdateTable: OperationHandler {
    static let operation = DynamoDBAPI.updateTable
    let tables: TableStore

    func access(for input: UpdateTableInput, in context: RequestContext) throws -> [AccessRequest] {
        try tables.access("UpdateTable", input.tableName, in: context)
    }

    func handle(_ input: UpdateTableInput, in context: RequestContext) async throws
        -> UpdateTableOutput
    {
        let reference = try TableReference(input.tableName, in: context)
        try Self.check(input)
        let now = tables.clock.now
        let table = try await tables.change(reference) {
            [tables] table, description, settings, transaction in
            let update = TableUpdate(input, of: table, at: now)
            try update.apply(to: &description)
            try update.applyIndexes(
                to: &description, &settings, jobs: tables.jobs, in: transaction)
            try update.applyStream(to: &description, &settings, in: transaction)
        }
        var description = try await tables.describe(table)
        description.tableStatus = "UPDATING"
        return UpdateTableOutput(tableDescription: description)
    }

    private static func check(_ input: UpdateTableInput) throws {
        guard
            input.provisionedThroughput != nil || input.billingMode != nil
                || input.streamSpecification != nil || input.globalSecondaryIndexUpdates != nil
                || input.sseSpecification != nil || input.replicaUpdates != nil
                || input.tableClass != nil || input.deletionProtectionEnabled != nil
                || input.onDemandThroughput != nil || input.warmThroughput != nil
        else {
            throw AWSError.validation(
                "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, "
                    + "GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required"
            )
        }
        guard input.replicaUpdates == nil, input.multiRegionConsistency == nil,
            input.globalTableWitnessUpdates == nil
        else { throw AWSError.validation("Replicas of tables are not served by Apus.") }
    }
}
