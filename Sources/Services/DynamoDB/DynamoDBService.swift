import DynamoDBModel
import Jobs
import Platform
package import ServiceKit
package import Storage

/// DynamoDB and DynamoDB Streams: tables of items, and what happened to them.
package final class DynamoDBService: ApusService {
    private let tables: TableStore
    private let streams: StreamStore
    private let backups: BackupStore
    private let meter: ThroughputMeter
    private let randomness: any Randomness
    private let jobs: JobQueue
    private let sweep: ExpirySweep

    /// Makes the service over its own database.
    package init(_ dependencies: ServiceDependencies, database: any Database) {
        let clock = dependencies.clock
        jobs = JobQueue(
            database: database, clock: clock, randomness: dependencies.randomness,
            logger: dependencies.logger)
        tables = TableStore(database: database, jobs: jobs, clock: clock)
        streams = StreamStore(database: database, clock: clock)
        backups = BackupStore(tables: tables)
        meter = ThroughputMeter(clock: clock)
        randomness = dependencies.randomness
        sweep = ExpirySweep(
            tables: tables, streams: streams, backups: backups, logger: dependencies.logger)
        jobs.register(RowPurge.handler(database))
        jobs.register(IndexFill.handler(tables))
        jobs.register(FigureCount.handler(tables))
    }

    package func register(with registry: inout ServiceRegistry) {
        registerTables(&registry.operations)
        registerItems(&registry.operations)
        registerSettings(&registry.operations)
        registerStatements(&registry.operations)
        registerBackups(&registry.operations)
        registerStreams(&registry.operations)
    }

    private func registerTables(_ operations: inout OperationRouter) {
        operations.register(CreateTable(tables: tables, randomness: randomness))
        operations.register(DeleteTable(tables: tables))
        operations.register(DescribeTable(tables: tables))
        operations.register(ListTables(tables: tables))
        operations.register(UpdateTable(tables: tables))
        operations.register(DescribeLimits())
        operations.register(DescribeEndpoints())
    }

    private func registerSettings(_ operations: inout OperationRouter) {
        operations.register(TagResource(tables: tables))
        operations.register(UntagResource(tables: tables))
        operations.register(ListTagsOfResource(tables: tables))
        operations.register(UpdateTimeToLive(tables: tables))
        operations.register(DescribeTimeToLive(tables: tables))
        let policies = PolicyStore(tables: tables)
        operations.register(PutResourcePolicy(policies: policies))
        operations.register(GetResourcePolicy(policies: policies))
        operations.register(DeleteResourcePolicy(policies: policies))
    }

    private func registerItems(_ operations: inout OperationRouter) {
        operations.register(GetItem(tables: tables, meter: meter))
        operations.register(PutItem(tables: tables, meter: meter))
        operations.register(DeleteItem(tables: tables, meter: meter))
        operations.register(UpdateItem(tables: tables, meter: meter))
        operations.register(Query(tables: tables, meter: meter))
        operations.register(Scan(tables: tables, meter: meter))
        operations.register(BatchGetItem(tables: tables, meter: meter))
        operations.register(BatchWriteItem(tables: tables, meter: meter))
        operations.register(TransactGetItems(tables: tables, meter: meter))
        operations.register(
            TransactWriteItems(
                tables: tables, writer: TransactionWriter(tables: tables, meter: meter)))
    }

    private func registerStatements(_ operations: inout OperationRouter) {
        let runner = StatementRunner(tables: tables, meter: meter)
        operations.register(ExecuteStatement(runner: runner))
        operations.register(BatchExecuteStatement(runner: runner))
        operations.register(
            ExecuteTransaction(
                runner: runner, writer: TransactionWriter(tables: tables, meter: meter)))
    }

    private func registerBackups(_ operations: inout OperationRouter) {
        operations.register(CreateBackup(backups: backups, randomness: randomness))
        operations.register(DescribeBackup(backups: backups))
        operations.register(DeleteBackup(backups: backups))
        operations.register(ListBackups(backups: backups))
        operations.register(RestoreTableFromBackup(backups: backups, randomness: randomness))
        operations.register(RestoreTableToPointInTime(backups: backups, randomness: randomness))
        operations.register(UpdateContinuousBackups(tables: tables))
        operations.register(DescribeContinuousBackups(tables: tables))
    }

    private func registerStreams(_ operations: inout OperationRouter) {
        operations.register(ListStreams(streams: streams))
        operations.register(DescribeStream(streams: streams, tables: tables))
        operations.register(GetShardIterator(streams: streams, tables: tables))
        operations.register(GetRecords(streams: streams, tables: tables))
    }

    /// Deletes what has expired, and does what changes of tables leave to do.
    package func run() async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { await self.jobs.run() }
            group.addTask { try await self.sweep.run() }
            try await group.waitForAll()
        }
    }

    package func forget() async {
        tables.forget()
        meter.forget()
    }
}
