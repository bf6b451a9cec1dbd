import IAMModel
import ServiceKit
import Wire

/// Says which version of a managed policy counts.
///
/// Source: API_SetDefaultPolicyVersion in the IAM API Reference.
struct SetDefaultPolicyVersion: OperationHandler {
    static let operation = IAMAPI.setDefaultPolicyVersion
    let store: IAMStore

    func access(
        for input: SetDefaultPolicyVersionRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let policy = try EntityReference.policy(input.policyArn)
        return try await store.access("SetDefaultPolicyVersion", to: policy, in: context)
    }

    func handle(
        _ input: SetDefaultPolicyVersionRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let arn = try PolicyARN.own(input.policyArn, in: context)
        let number = try arn.version(input.versionId)
        try await store.write { transaction in
            let policy = try IAMStore.policy(arn, in: transaction)
            _ = try IAMStore.version(number, of: policy, in: transaction)
            try IAMStore.update(policy.reference, of: policy.account, in: transaction) {
                $0.number = number
            }
        }
        return EmptyStructure()
    }
}
