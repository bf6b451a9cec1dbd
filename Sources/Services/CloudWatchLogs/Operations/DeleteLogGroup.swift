import CloudWatchLogsModel
import ServiceKit
import Wire

/// Deletes a log group with its streams and events.
struct DeleteLogGroup: OperationHandler {
    static let operation = CloudWatchLogsAPI.deleteLogGroup
    let groups: LogGroupStore

    func access(for input: DeleteLogGroupRequest, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("logs:DeleteLogGroup", on: LogScope(context).streamARN(input.logGroupName))]
    }

    func handle(_ input: DeleteLogGroupRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        try await groups.delete(input.logGroupName, in: LogScope(context))
        return EmptyStructure()
    }
}
