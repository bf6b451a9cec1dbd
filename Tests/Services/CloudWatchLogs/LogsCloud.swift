import CloudWatchLogs
import CloudWatchLogsModel
import Platform
import ServiceKit
import Storage
import TestKit
import Wire

/// CloudWatch Logs in a test's process.
struct LogsCloud {
    let cloud: TestCloud
    let service: CloudWatchLogsService
    let database: any Database

    init(faults: Faults? = nil) async throws {
        cloud = TestCloud(faults: faults)
        database = try await cloud.database("logs", migrations: CloudWatchLogsService.migrations)
        service = CloudWatchLogsService(cloud.dependencies, database: database)
        cloud.assemble([service])
    }

    func call<Input: Structure, Output: Structure>(
        _ operation: Operation<Input, Output>, _ input: Input, in context: RequestContext? = nil
    ) async throws -> Output {
        try await cloud.call(operation, input, in: context)
    }

    var now: Int { Int(cloud.clock.now.milliseconds) }

    /// Makes a group with streams.
    func make(_ group: String, streams: String...) async throws {
        _ = try await call(
            CloudWatchLogsAPI.createLogGroup, CreateLogGroupRequest(logGroupName: group))
        for stream in streams {
            _ = try await call(
                CloudWatchLogsAPI.createLogStream,
                CreateLogStreamRequest(logGroupName: group, logStreamName: stream))
        }
    }

    /// Puts messages, each at so many milliseconds from now.
    @discardableResult
    func put(_ messages: [(Int, String)], into stream: String, of group: String) async throws
        -> PutLogEventsResponse
    {
        try await call(
            CloudWatchLogsAPI.putLogEvents,
            PutLogEventsRequest(
                logGroupName: group, logStreamName: stream,
                logEvents: messages.map { InputLogEvent(timestamp: now + $0.0, message: $0.1) }))
    }

    /// The messages of every page of a search.
    func filter(_ request: FilterLogEventsRequest) async throws -> [String] {
        var request = request
        var messages: [String] = []
        repeat {
            let page = try await call(CloudWatchLogsAPI.filterLogEvents, request)
            messages += (page.events ?? []).compactMap(\.message)
            request.nextToken = page.nextToken
        } while request.nextToken != nil
        return messages
    }

    /// How many rows a table has.
    func rows(of table: String) async throws -> Int {
        try await database.read { try $0.first("SELECT COUNT(*) FROM \(table)")?.int(0) ?? 0 }
    }
}
