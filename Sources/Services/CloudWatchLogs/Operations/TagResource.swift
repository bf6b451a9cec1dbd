import CloudWatchLogsModel
import ServiceKit
import Wire

/// Adds tags to a log group that an ARN names.
struct TagResource: OperationHandler {
    static let operation = CloudWatchLogsAPI.tagResource
    let groups: LogGroupStore

    func access(for input: TagResourceRequest, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("logs:TagResource", on: input.resourceArn)]
    }

    func handle(_ input: TagResourceRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let scope = LogScope(context)
        try TagRules.check(keys: input.tags.keys)
        try await groups.tag(
            LogGroupReference.name(identifier: input.resourceArn, in: scope), input.tags, in: scope)
        return EmptyStructure()
    }
}
