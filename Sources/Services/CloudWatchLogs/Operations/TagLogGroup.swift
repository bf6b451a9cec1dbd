import CloudWatchLogsModel
import ServiceKit
import Wire

/// Adds tags to a log group; older than `TagResource`.
struct TagLogGroup: OperationHandler {
    static let operation = CloudWatchLogsAPI.tagLogGroup
    let groups: LogGroupStore

    func access(for input: TagLogGroupRequest, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("logs:TagLogGroup", on: LogScope(context).streamARN(input.logGroupName))]
    }

    func handle(_ input: TagLogGroupRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        try TagRules.check(keys: input.tags.keys)
        try await groups.tag(input.logGroupName, input.tags, in: LogScope(context))
        return EmptyStructure()
    }
}
