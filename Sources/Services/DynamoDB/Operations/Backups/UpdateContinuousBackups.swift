import DynamoDBModel
import Platform
import ServiceKit
import Storage
import Wire

/// Begins or ends to keep what a table's items were before their changes.
struct UpdateContinuousBackups: OperationHandler {
    static let operation = DynamoDBAPI.updateContinuousBackups
    let tables: TableStore

    func access(for input: UpdateContinuousBackupsInput, in context: RequestContext) throws
        -> [AccessRequest]
    {
        try tables.access("UpdateContinuousBackups", input.tableName, in: context)
    }

    func handle(_ input: UpdateContinuousBackupsInput, in context: RequestContext) async throws
        -> UpdateContinuousBackupsOutput
    {
        let reference = try TableReference(input.tableName, in: context)
        let specification = input.pointInTimeRecoverySpecification
        let now = tables.clock.now
        let table = try await tables.change(
            reference, missing: Failure.tableNotFound(reference.name)
        ) { [tables] table, _, settings, transaction in
            guard specification.pointInTimeRecoveryEnabled else {
                settings.recovery = nil
                try RowPurge.pastItems(of: table.id, until: now).enqueue(
                    on: tables.jobs, in: transaction)
                return
            }
            settings.recovery = .init(
                since: settings.recovery?.since ?? now,
                days: specification.recoveryPeriodInDays ?? settings.recovery?.days ?? 35)
        }
        return UpdateContinuousBackupsOutput(
            continuousBackupsDescription: table.continuousBackups(now: now))
    }
}

extension Table {
    /// What is kept of the table's past, as the API describes it.
    func continuousBackups(now: Instant) -> ContinuousBackupsDescription {
        guard let recovery = settings.recovery else {
            return ContinuousBackupsDescription(
                continuousBackupsStatus: "ENABLED",
                pointInTimeRecoveryDescription: PointInTimeRecoveryDescription(
                    pointInTimeRecoveryStatus: "DISABLED"))
        }
        let window = RecoveryWindow(recovery, now: now)
        return ContinuousBackupsDescription(
            continuousBackupsStatus: "ENABLED",
            pointInTimeRecoveryDescription: PointInTimeRecoveryDescription(
                pointInTimeRecoveryStatus: "ENABLED", recoveryPeriodInDays: recovery.days,
                earliestRestorableDateTime: window.earliest,
                latestRestorableDateTime: window.latest))
    }
}
