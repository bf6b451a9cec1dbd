import CloudWatchLogsModel
import ServiceKit
import Wire

/// Removes tags from a log group; older than `UntagResource`.
struct UntagLogGroup: OperationHandler {
    static let operation = CloudWatchLogsAPI.untagLogGroup
    let groups: LogGroupStore

    func access(for input: UntagLogGroupRequest, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("logs:UntagLogGroup", on: LogScope(context).streamARN(input.logGroupName))]
    }

    func handle(_ input: UntagLogGroupRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        try await groups.untag(input.logGroupName, input.tags, in: LogScope(context))
        return EmptyStructure()
    }
}
