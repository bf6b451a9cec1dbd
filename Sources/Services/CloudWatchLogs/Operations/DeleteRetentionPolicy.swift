import CloudWatchLogsModel
import ServiceKit
import Wire

/// Lets a group keep its events for ever.
struct DeleteRetentionPolicy: OperationHandler {
    static let operation = CloudWatchLogsAPI.deleteRetentionPolicy
    let groups: LogGroupStore

    func access(for input: DeleteRetentionPolicyRequest, in context: RequestContext)
        -> [AccessRequest]
    {
        [
            AccessRequest(
                "logs:DeleteRetentionPolicy", on: LogScope(context).streamARN(input.logGroupName))
        ]
    }

    func handle(_ input: DeleteRetentionPolicyRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        try await groups.setRetention(days: nil, of: input.logGroupName, in: LogScope(context))
        return EmptyStructure()
    }
}
