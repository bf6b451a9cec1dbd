import CloudWatchLogsModel
import ServiceKit
import Wire

/// Says whether a group refuses to be deleted.
struct PutLogGroupDeletionProtection: OperationHandler {
    static let operation = CloudWatchLogsAPI.putLogGroupDeletionProtection
    let groups: LogGroupStore

    func access(for input: PutLogGroupDeletionProtectionRequest, in context: RequestContext) throws
        -> [AccessRequest]
    {
        let scope = LogScope(context)
        let group = try LogGroupReference.name(identifier: input.logGroupIdentifier, in: scope)
        return [AccessRequest("logs:PutLogGroupDeletionProtection", on: scope.streamARN(group))]
    }

    func handle(_ input: PutLogGroupDeletionProtectionRequest, in context: RequestContext)
        async throws -> EmptyStructure
    {
        let scope = LogScope(context)
        try await groups.setProtection(
            input.deletionProtectionEnabled,
            of: LogGroupReference.name(identifier: input.logGroupIdentifier, in: scope), in: scope)
        return EmptyStructure()
    }
}
