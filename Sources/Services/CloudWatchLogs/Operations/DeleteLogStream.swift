import CloudWatchLogsModel
import ServiceKit
import Wire

/// Deletes a log stream with its events.
struct DeleteLogStream: OperationHandler {
    static let operation = CloudWatchLogsAPI.deleteLogStream
    let streams: LogStreamStore

    func access(for input: DeleteLogStreamRequest, in context: RequestContext) -> [AccessRequest] {
        [
            AccessRequest(
                "logs:DeleteLogStream",
                on: LogScope(context).streamARN(input.logGroupName, input.logStreamName))
        ]
    }

    func handle(_ input: DeleteLogStreamRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        try await streams.delete(
            input.logStreamName, of: input.logGroupName, in: LogScope(context))
        return EmptyStructure()
    }
}
