import CloudWatchLogsModel
import Jobs
import Platform
package import ServiceKit
package import Storage

/// CloudWatch Logs: log groups, their streams, and the events in them.
package final class CloudWatchLogsService: ApusService {
    private let groups: LogGroupStore
    private let streams: LogStreamStore
    private let events: LogEventStore
    private let clock: any Clock
    private let randomness: any Randomness
    private let jobs: JobQueue
    private let retention: RetentionWorker

    /// Makes the service over its own database.
    package init(_ dependencies: ServiceDependencies, database: any Database) {
        jobs = JobQueue(
            database: database, clock: dependencies.clock, randomness: dependencies.randomness,
            logger: dependencies.logger)
        groups = LogGroupStore(database: database, jobs: jobs)
        streams = LogStreamStore(database: database, jobs: jobs)
        events = LogEventStore(database: database)
        clock = dependencies.clock
        randomness = dependencies.randomness
        retention = RetentionWorker(
            groups: groups, events: events, clock: dependencies.clock, logger: dependencies.logger)
        jobs.register(EventPurge.handler(events))
    }

    package func register(with registry: inout ServiceRegistry) {
        registry.operations.register(
            CreateLogGroup(groups: groups, clock: clock, randomness: randomness))
        registry.operations.register(DeleteLogGroup(groups: groups))
        registry.operations.register(DescribeLogGroups(groups: groups))
        registry.operations.register(
            CreateLogStream(streams: streams, clock: clock, randomness: randomness))
        registry.operations.register(DeleteLogStream(streams: streams))
        registry.operations.register(DescribeLogStreams(streams: streams))
        registry.operations.register(PutLogEvents(events: events, clock: clock))
        registry.operations.register(GetLogEvents(events: events, clock: clock))
        registry.operations.register(FilterLogEvents(events: events, clock: clock))
        registry.operations.register(PutRetentionPolicy(groups: groups))
        registry.operations.register(DeleteRetentionPolicy(groups: groups))
        registry.operations.register(PutLogGroupDeletionProtection(groups: groups))
        registry.operations.register(TagResource(groups: groups))
        registry.operations.register(UntagResource(groups: groups))
        registry.operations.register(ListTagsForResource(groups: groups))
        registry.operations.register(TagLogGroup(groups: groups))
        registry.operations.register(UntagLogGroup(groups: groups))
        registry.operations.register(ListTagsLogGroup(groups: groups))
    }

    /// Deletes what has expired, and what deleted groups and streams left behind.
    package func run() async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { await self.jobs.run() }
            group.addTask { try await self.retention.run() }
            try await group.waitForAll()
        }
    }
}
