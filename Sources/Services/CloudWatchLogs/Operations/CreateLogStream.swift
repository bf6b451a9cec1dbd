import CloudWatchLogsModel
import Platform
import ServiceKit
import Wire

/// Makes a log stream.
struct CreateLogStream: OperationHandler {
    static let operation = CloudWatchLogsAPI.createLogStream
    let streams: LogStreamStore
    let clock: any Clock
    let randomness: any Randomness

    func access(for input: CreateLogStreamRequest, in context: RequestContext) -> [AccessRequest] {
        [
            AccessRequest(
                "logs:CreateLogStream",
                on: LogScope(context).streamARN(input.logGroupName, input.logStreamName))
        ]
    }

    func handle(_ input: CreateLogStreamRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        // The model's pattern lets U+0000 pass, which no engine keeps in a name.
        guard !input.logStreamName.utf8.contains(0) else {
            throw CloudWatchLogsError.invalidParameterException(
                "Log stream name contains an invalid character.")
        }
        try await streams.create(
            input.logStreamName, of: input.logGroupName, id: randomness.rowID(), now: clock.now,
            in: LogScope(context))
        return EmptyStructure()
    }
}
