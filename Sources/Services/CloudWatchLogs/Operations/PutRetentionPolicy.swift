import CloudWatchLogsModel
import ServiceKit
import Wire

/// Says how many days a group keeps its events.
struct PutRetentionPolicy: OperationHandler {
    static let operation = CloudWatchLogsAPI.putRetentionPolicy
    let groups: LogGroupStore

    func access(for input: PutRetentionPolicyRequest, in context: RequestContext)
        -> [AccessRequest]
    {
        [
            AccessRequest(
                "logs:PutRetentionPolicy", on: LogScope(context).streamARN(input.logGroupName))
        ]
    }

    func handle(_ input: PutRetentionPolicyRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let allowed = CloudWatchLogsLimits.retentionDays
        guard allowed.contains(input.retentionInDays) else {
            let list = allowed.sorted().map(String.init).joined(separator: ", ")
            throw CloudWatchLogsError.invalidParameterException(
                "1 validation error detected: Value '\(input.retentionInDays)' at 'retentionInDays' "
                    + "failed to satisfy constraint: Member must satisfy enum value set: [\(list)]")
        }
        try await groups.setRetention(
            days: input.retentionInDays, of: input.logGroupName, in: LogScope(context))
        return EmptyStructure()
    }
}
