import CloudWatchLogsModel
import ServiceKit
import Wire

/// Lists the tags of a log group that an ARN names.
struct ListTagsForResource: OperationHandler {
    static let operation = CloudWatchLogsAPI.listTagsForResource
    let groups: LogGroupStore

    func access(for input: ListTagsForResourceRequest, in context: RequestContext)
        -> [AccessRequest]
    {
        [AccessRequest("logs:ListTagsForResource", on: input.resourceArn)]
    }

    func handle(_ input: ListTagsForResourceRequest, in context: RequestContext) async throws
        -> ListTagsForResourceResponse
    {
        let scope = LogScope(context)
        let group = try LogGroupReference.name(identifier: input.resourceArn, in: scope)
        return ListTagsForResourceResponse(tags: try await groups.tags(of: group, in: scope))
    }
}
