import CloudWatchLogsModel
import Platform
import ServiceKit
import Wire

/// Lists a group's streams, by name or by the time of their last event.
struct DescribeLogStreams: OperationHandler {
    static let operation = CloudWatchLogsAPI.describeLogStreams
    let streams: LogStreamStore

    func access(for input: DescribeLogStreamsRequest, in context: RequestContext) throws
        -> [AccessRequest]
    {
        let scope = LogScope(context)
        let group = try LogGroupReference.name(
            input.logGroupName, identifier: input.logGroupIdentifier, in: scope)
        return [AccessRequest("logs:DescribeLogStreams", on: scope.streamARN(group))]
    }

    func handle(_ input: DescribeLogStreamsRequest, in context: RequestContext) async throws
        -> DescribeLogStreamsResponse
    {
        let scope = LogScope(context)
        let group = try LogGroupReference.name(
            input.logGroupName, identifier: input.logGroupIdentifier, in: scope)
        let isByTime = input.orderBy == "LastEventTime"
        guard !isByTime || input.logStreamNamePrefix == nil else {
            throw CloudWatchLogsError.invalidParameterException(
                "Cannot order by LastEventTime with a logStreamNamePrefix.")
        }
        let limit = input.limit ?? CloudWatchLogsLimits.describedItems
        // One stream more than asked for tells whether there is another page.
        var found = try await streams.streams(
            of: group,
            LogStreamStore.Selection(
                prefix: input.logStreamNamePrefix, order: isByTime ? .lastEvent : .name,
                isDescending: input.descending ?? false,
                after: try input.nextToken.map { token in
                    guard let place = StreamPlace(token) else { throw LogFailure.invalidToken }
                    return place
                }, limit: limit + 1), in: scope)
        let hasMore = found.count > limit
        if hasMore { found.removeLast() }
        return DescribeLogStreamsResponse(
            logStreams: found.map { Self.answer($0, group: group, in: scope) },
            nextToken: hasMore
                ? found.last.map { StreamPlace(lastEvent: $0.lastEvent ?? 0, name: $0.name).text }
                : nil)
    }

    private static func answer(_ stream: LogStreamRecord, group: String, in scope: LogScope)
        -> LogStream
    {
        LogStream(
            logStreamName: stream.name, creationTime: Int(stream.created.milliseconds),
            firstEventTimestamp: stream.firstEvent.map { Int($0) },
            lastEventTimestamp: stream.lastEvent.map { Int($0) },
            lastIngestionTime: stream.lastIngestion.map { Int($0.milliseconds) },
            uploadSequenceToken: stream.lastSequence == 0
                ? nil : SequenceToken.text(stream.lastSequence),
            arn: scope.streamARN(group, stream.name),
            // AWS answers 0 for every stream; the bytes are those of the group.
            storedBytes: 0)
    }
}
