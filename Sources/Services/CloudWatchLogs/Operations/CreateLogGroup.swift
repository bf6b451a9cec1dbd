import CloudWatchLogsModel
import Platform
import ServiceKit
import Wire

/// Makes a log group.
struct CreateLogGroup: OperationHandler {
    static let operation = CloudWatchLogsAPI.createLogGroup
    let groups: LogGroupStore
    let clock: any Clock
    let randomness: any Randomness

    func access(for input: CreateLogGroupRequest, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("logs:CreateLogGroup", on: LogScope(context).streamARN(input.logGroupName))]
    }

    func handle(_ input: CreateLogGroupRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        guard !input.logGroupName.lowercased().hasPrefix("aws/") else {
            throw CloudWatchLogsError.invalidParameterException(
                "Log groups starting with AWS/ are reserved for AWS.")
        }
        if let key = input.kmsKeyId {
            guard let arn = ARN(key), arn.service == "kms", !key.utf8.contains(0) else {
                throw CloudWatchLogsError.invalidParameterException(
                    "The specified KMS Key Id is not valid.")
            }
        }
        let tags = input.tags ?? [:]
        try TagRules.check(keys: tags.keys)
        try await groups.create(
            LogGroupRecord(
                id: randomness.rowID(), name: input.logGroupName,
                logGroupClass: input.logGroupClass ?? "STANDARD", kmsKeyID: input.kmsKeyId,
                isProtected: input.deletionProtectionEnabled ?? false, created: clock.now),
            tags: tags, in: LogScope(context))
        return EmptyStructure()
    }
}
