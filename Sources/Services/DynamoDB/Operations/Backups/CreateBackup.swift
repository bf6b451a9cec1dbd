import DynamoDBModel
import Platform
import ServiceKit
import Wire

/// Copies a table as it is now.
struct CreateBackup: OperationHandler {
    static let operation = DynamoDBAPI.createBackup
    let backups: BackupStore
    let randomness: any Randomness

    func access(for input: CreateBackupInput, in context: RequestContext) throws -> [AccessRequest]
    {
        try backups.tables.access("CreateBackup", input.tableName, in: context)
    }

    func handle(_ input: CreateBackupInput, in context: RequestContext) async throws
        -> CreateBackupOutput
    {
        let details = try await backups.create(
            input.backupName, of: TableReference(input.tableName, in: context),
            suffix: randomness.string(8, from: .lowercaseHex))
        return CreateBackupOutput(backupDetails: details)
    }
}
