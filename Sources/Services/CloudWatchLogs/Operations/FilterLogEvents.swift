import CloudWatchLogsModel
import Platform
import ServiceKit
import Wire

/// Searches the events of a group's streams.
struct FilterLogEvents: OperationHandler {
    static let operation = CloudWatchLogsAPI.filterLogEvents
    let events: LogEventStore
    let clock: any Clock

    func access(for input: FilterLogEventsRequest, in context: RequestContext) throws
        -> [AccessRequest]
    {
        let scope = LogScope(context)
        let group = try LogGroupReference.name(
            input.logGroupName, identifier: input.logGroupIdentifier, in: scope)
        return [AccessRequest("logs:FilterLogEvents", on: scope.streamARN(group))]
    }

    func handle(_ input: FilterLogEventsRequest, in context: RequestContext) async throws
        -> FilterLogEventsResponse
    {
        let scope = LogScope(context)
        let group = try LogGroupReference.name(
            input.logGroupName, identifier: input.logGroupIdentifier, in: scope)
        guard input.logStreamNames == nil || input.logStreamNamePrefix == nil else {
            throw CloudWatchLogsError.invalidParameterException(
                "Log stream names and log stream name prefix are mutually exclusive parameters.")
        }
        if input.logStreamNamePrefix?.utf8.contains(0) == true { throw LogFailure.streamNotFound }
        let search = LogEventStore.Search(
            streams: input.logStreamNames ?? [], streamPrefix: input.logStreamNamePrefix,
            // Unlike that of GetLogEvents, the end is among the times that are asked for.
            times: TimeRange(
                from: input.startTime, before: input.endTime.map { min($0, .max - 1) + 1 }),
            pattern: try FilterPattern(input.filterPattern ?? ""),
            after: try input.nextToken.map { token in
                guard let position = EventPosition(token) else { throw LogFailure.invalidToken }
                return position
            }, limit: input.limit ?? CloudWatchLogsLimits.pageEvents)
        let (found, resume) = try await events.search(
            search, group: group, now: clock.now, in: scope)
        return FilterLogEventsResponse(
            events: found.map { event in
                FilteredLogEvent(
                    logStreamName: event.stream, timestamp: Int(event.position.time),
                    message: event.text, ingestionTime: Int(event.ingested),
                    eventId: event.position.text)
            },
            // AWS keeps the member and answers it empty.
            searchedLogStreams: [], nextToken: resume?.text)
    }
}
