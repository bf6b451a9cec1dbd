import DynamoDBModel
import ServiceKit
import Wire

/// Answers what a backup holds.
struct DescribeBackup: OperationHandler {
    static let operation = DynamoDBAPI.describeBackup
    let backups: BackupStore

    func access(for input: DescribeBackupInput, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("dynamodb:DescribeBackup", on: input.backupArn)]
    }

    func handle(_ input: DescribeBackupInput, in context: RequestContext) async throws
        -> DescribeBackupOutput
    {
        DescribeBackupOutput(
            backupDescription: try await backups.backup(input.backupArn).description)
    }
}
