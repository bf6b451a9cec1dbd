import CloudWatchLogsModel
import ServiceKit
import Wire

/// Removes tags from a log group that an ARN names.
struct UntagResource: OperationHandler {
    static let operation = CloudWatchLogsAPI.untagResource
    let groups: LogGroupStore

    func access(for input: UntagResourceRequest, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("logs:UntagResource", on: input.resourceArn)]
    }

    func handle(_ input: UntagResourceRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let scope = LogScope(context)
        try await groups.untag(
            LogGroupReference.name(identifier: input.resourceArn, in: scope), input.tagKeys,
            in: scope)
        return EmptyStructure()
    }
}
