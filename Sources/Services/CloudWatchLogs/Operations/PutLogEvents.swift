import CloudWatchLogsModel
import Platform
import ServiceKit
import Wire

/// Puts a batch of events into a log stream.
struct PutLogEvents: OperationHandler {
    static let operation = CloudWatchLogsAPI.putLogEvents
    let events: LogEventStore
    let clock: any Clock

    func access(for input: PutLogEventsRequest, in context: RequestContext) -> [AccessRequest] {
        [
            AccessRequest(
                "logs:PutLogEvents",
                on: LogScope(context).streamARN(input.logGroupName, input.logStreamName))
        ]
    }

    func handle(_ input: PutLogEventsRequest, in context: RequestContext) async throws
        -> PutLogEventsResponse
    {
        let (rejected, sequence) = try await events.append(
            input.logEvents, to: input.logStreamName, of: input.logGroupName, now: clock.now,
            in: LogScope(context))
        return PutLogEventsResponse(
            nextSequenceToken: SequenceToken.text(sequence), rejectedLogEventsInfo: rejected,
            // Entities are not kept, and that is said.
            rejectedEntityInfo: input.entity.map { _ in
                RejectedEntityInfo(errorType: "UnsupportedLogGroupType")
            })
    }
}
