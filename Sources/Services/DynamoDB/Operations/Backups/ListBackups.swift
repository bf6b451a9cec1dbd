import DynamoDBModel
import ServiceKit
import Wire

/// Lists backups, page by page.
struct ListBackups: OperationHandler {
    static let operation = DynamoDBAPI.listBackups
    let backups: BackupStore

    func access(for input: ListBackupsInput, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("dynamodb:ListBackups")]
    }

    func handle(_ input: ListBackupsInput, in context: RequestContext) async throws
        -> ListBackupsOutput
    {
        let table = try input.tableName.map { try TableReference($0, in: context).name }
        // Users make all backups that there are.
        let hasAny = input.backupType.map { $0 == "USER" || $0 == "ALL" } ?? true
        let found = hasAny ? try await backups.backups(in: TableScope(context), table: table) : []
        let within = found.map(\.description).filter { description in
            guard let created = description.backupDetails?.backupCreationDateTime else {
                return false
            }
            return input.timeRangeLowerBound.map { created >= $0 } ?? true
                && input.timeRangeUpperBound.map { created < $0 } ?? true
        }
        let start = input.exclusiveStartBackupArn.flatMap { arn in
            within.firstIndex { $0.backupDetails?.backupArn == arn }
        }
        let rest = within.dropFirst(start.map { $0 + 1 } ?? 0)
        let page = rest.prefix(input.limit ?? DynamoDBLimits.namesPage)
        return ListBackupsOutput(
            backupSummaries: page.map(Self.summary),
            lastEvaluatedBackupArn: rest.count > page.count
                ? page.last?.backupDetails?.backupArn : nil)
    }

    private static func summary(_ description: BackupDescription) -> BackupSummary {
        let (details, source) = (description.backupDetails, description.sourceTableDetails)
        return BackupSummary(
            tableName: source?.tableName, tableId: source?.tableId, tableArn: source?.tableArn,
            backupArn: details?.backupArn, backupName: details?.backupName,
            backupCreationDateTime: details?.backupCreationDateTime,
            backupStatus: details?.backupStatus, backupType: details?.backupType,
            backupSizeBytes: details?.backupSizeBytes)
    }
}
