import DynamoDBModel
import DynamoDBValues
import Platform
import ServiceKit
import Wire

/// Makes a table of what another one was at a time.
struct RestoreTableToPointInTime: OperationHandler {
    static let operation = DynamoDBAPI.restoreTableToPointInTime
    let backups: BackupStore
    let randomness: any Randomness

    func access(for input: RestoreTableToPointInTimeInput, in context: RequestContext) throws
        -> [AccessRequest]
    {
        try backups.tables.access(
            "RestoreTableToPointInTime", Self.source(of: input), in: context)
            + backups.tables.access(
                "RestoreTableToPointInTime", input.targetTableName, in: context)
    }

    func handle(_ input: RestoreTableToPointInTimeInput, in context: RequestContext) async throws
        -> RestoreTableToPointInTimeOutput
    {
        let source = try TableReference(Self.source(of: input), in: context)
        let target = try TableReference(input.targetTableName, in: context)
        guard let table = try await backups.tables.load(source) else {
            throw AWSError(
                "SourceTableNotFoundException", "Source table not found: \(source.name)")
        }
        guard try await backups.tables.find(target) == nil else {
            throw DynamoDBError.tableAlreadyExistsException(
                "Table already exists: \(target.name)")
        }
        let now = backups.tables.clock.now
        guard let recovery = table.settings.recovery else {
            throw DynamoDBError.pointInTimeRecoveryUnavailableException(
                "Point in time recovery is not enabled for table '\(source.name)'")
        }
        let time = input.restoreDateTime ?? now
        guard input.restoreDateTime != nil || input.useLatestRestorableTime == true else {
            throw AWSError.validation(
                "One of RestoreDateTime or UseLatestRestorableTime must be specified")
        }
        let window = RecoveryWindow(recovery, now: now)
        guard time >= window.earliest, time <= now else {
            throw DynamoDBError.invalidRestoreTimeException(
                "The restore time is not within the window from \(window.earliest.iso8601) to "
                    + now.iso8601)
        }
        let restored = RestoredTable(
            billingMode: input.billingModeOverride,
            throughput: input.provisionedThroughputOverride,
            onDemandThroughput: input.onDemandThroughputOverride,
            globals: input.globalSecondaryIndexOverride,
            locals: input.localSecondaryIndexOverride, encryption: input.sseSpecificationOverride)
        let made = try await backups.restore(
            table, at: time, as: target,
            restored.description(
                of: table.description, as: target, id: randomness.uuid(), backup: nil, at: time,
                now: now))
        var description = try await backups.tables.describe(made)
        description.tableStatus = "CREATING"
        return RestoreTableToPointInTimeOutput(tableDescription: description)
    }

    private static func source(of input: RestoreTableToPointInTimeInput) throws -> String {
        guard let source = input.sourceTableName ?? input.sourceTableArn else {
            throw AWSError.validation(
                "One of SourceTableName or SourceTableArn must be specified")
        }
        return source
    }
}

/// The times to which a table can be restored.
struct RecoveryWindow {
    let earliest: Instant
    let latest: Instant

    init(_ recovery: TableSettings.Recovery, now: Instant) {
        earliest = max(recovery.since, now - .seconds(recovery.days * 86_400))
        latest = now
    }
}
