import CloudWatchLogsModel
import ServiceKit
import Wire

/// Lists the tags of a log group; older than `ListTagsForResource`.
struct ListTagsLogGroup: OperationHandler {
    static let operation = CloudWatchLogsAPI.listTagsLogGroup
    let groups: LogGroupStore

    func access(for input: ListTagsLogGroupRequest, in context: RequestContext) -> [AccessRequest] {
        [
            AccessRequest(
                "logs:ListTagsLogGroup", on: LogScope(context).streamARN(input.logGroupName))
        ]
    }

    func handle(_ input: ListTagsLogGroupRequest, in context: RequestContext) async throws
        -> ListTagsLogGroupResponse
    {
        ListTagsLogGroupResponse(
            tags: try await groups.tags(of: input.logGroupName, in: LogScope(context)))
    }
}
