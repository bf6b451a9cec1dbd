import CloudWatchLogsModel
import Platform
import ServiceKit
import Wire

/// Reads the events of one stream, page by page in both directions.
struct GetLogEvents: OperationHandler {
    static let operation = CloudWatchLogsAPI.getLogEvents
    let events: LogEventStore
    let clock: any Clock

    func access(for input: GetLogEventsRequest, in context: RequestContext) throws
        -> [AccessRequest]
    {
        let scope = LogScope(context)
        let group = try LogGroupReference.name(
            input.logGroupName, identifier: input.logGroupIdentifier, in: scope)
        return [
            AccessRequest("logs:GetLogEvents", on: scope.streamARN(group, input.logStreamName))
        ]
    }

    func handle(_ input: GetLogEventsRequest, in context: RequestContext) async throws
        -> GetLogEventsResponse
    {
        let scope = LogScope(context)
        let group = try LogGroupReference.name(
            input.logGroupName, identifier: input.logGroupIdentifier, in: scope)
        let start: LogEventStore.Start
        if let token = input.nextToken {
            start = .token(token)
        } else {
            start = input.startFromHead == true ? .head : .tail
        }
        let (token, events) = try await self.events.page(
            of: input.logStreamName, of: group, from: start,
            times: TimeRange(from: input.startTime, before: input.endTime),
            limit: input.limit ?? CloudWatchLogsLimits.pageEvents, now: clock.now, in: scope)
        let next = token.neighbours(first: events.first?.position, last: events.last?.position)
        return GetLogEventsResponse(
            events: events.map { event in
                OutputLogEvent(
                    timestamp: Int(event.position.time), message: event.text,
                    ingestionTime: Int(event.ingested))
            }, nextForwardToken: next.forward.text, nextBackwardToken: next.backward.text)
    }
}
