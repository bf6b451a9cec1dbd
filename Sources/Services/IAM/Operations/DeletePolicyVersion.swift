import IAMModel
import ServiceKit
import Wire

/// Removes a version of a managed policy that is not the default one.
///
/// Source: API_DeletePolicyVersion in the IAM API Reference.
struct DeletePolicyVersion: OperationHandler {
    static let operation = IAMAPI.deletePolicyVersion
    let store: IAMStore

    func access(
        for input: DeletePolicyVersionRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let policy = try EntityReference.policy(input.policyArn)
        return try await store.access("DeletePolicyVersion", to: policy, in: context)
    }

    func handle(
        _ input: DeletePolicyVersionRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let arn = try PolicyARN.own(input.policyArn, in: context)
        try await store.deleteVersion(arn.version(input.versionId), of: arn)
        return EmptyStructure()
    }
}
