import IAMModel
import ServiceKit
import Wire

/// Answers a version of a managed policy with its text.
///
/// Source: API_GetPolicyVersion in the IAM API Reference.
struct GetPolicyVersion: OperationHandler {
    static let operation = IAMAPI.getPolicyVersion
    let store: IAMStore

    func access(
        for input: GetPolicyVersionRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let policy = try EntityReference.policy(input.policyArn)
        return try await store.access("GetPolicyVersion", to: policy, in: context)
    }

    func handle(
        _ input: GetPolicyVersionRequest, in context: RequestContext
    ) async throws -> GetPolicyVersionResponse {
        let arn = try PolicyARN.required(input.policyArn)
        let number = try arn.version(input.versionId)
        return try await store.read { transaction in
            let policy = try IAMStore.policy(arn, in: transaction)
            let version = try IAMStore.version(number, of: policy, in: transaction)
            return GetPolicyVersionResponse(
                policyVersion: version.answer(default: policy.number, withDocument: true))
        }
    }
}
