import DynamoDBModel
import ServiceKit
import Wire

/// Deletes a backup.
struct DeleteBackup: OperationHandler {
    static let operation = DynamoDBAPI.deleteBackup
    let backups: BackupStore

    func access(for input: DeleteBackupInput, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("dynamodb:DeleteBackup", on: input.backupArn)]
    }

    func handle(_ input: DeleteBackupInput, in context: RequestContext) async throws
        -> DeleteBackupOutput
    {
        var description = try await backups.delete(input.backupArn).description
        description.backupDetails?.backupStatus = "DELETED"
        return DeleteBackupOutput(backupDescription: description)
    }
}
