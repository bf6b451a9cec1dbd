import DynamoDBModel
import Platform
import ServiceKit
import Wire

/// Makes a table of a backup.
struct RestoreTableFromBackup: OperationHandler {
    static let operation = DynamoDBAPI.restoreTableFromBackup
    let backups: BackupStore
    let randomness: any Randomness

    func access(for input: RestoreTableFromBackupInput, in context: RequestContext) throws
        -> [AccessRequest]
    {
        try [AccessRequest("dynamodb:RestoreTableFromBackup", on: input.backupArn)]
            + backups.tables.access("RestoreTableFromBackup", input.targetTableName, in: context)
    }

    func handle(_ input: RestoreTableFromBackupInput, in context: RequestContext) async throws
        -> RestoreTableFromBackupOutput
    {
        let backup = try await backups.backup(input.backupArn)
        let source = try await backups.source(of: input.backupArn)
        let reference = try TableReference(input.targetTableName, in: context)
        let now = backups.tables.clock.now
        let restored = RestoredTable(
            billingMode: input.billingModeOverride,
            throughput: input.provisionedThroughputOverride,
            onDemandThroughput: input.onDemandThroughputOverride,
            globals: input.globalSecondaryIndexOverride,
            locals: input.localSecondaryIndexOverride, encryption: input.sseSpecificationOverride)
        let table = try await backups.restore(
            backup, as: reference,
            restored.description(
                of: source, as: reference, id: randomness.uuid(), backup: input.backupArn,
                at: backup.description.backupDetails?.backupCreationDateTime ?? now, now: now))
        var description = try await backups.tables.describe(table)
        description.tableStatus = "CREATING"
        return RestoreTableFromBackupOutput(tableDescription: description)
    }
}
