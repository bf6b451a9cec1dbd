import KMSModel
import ServiceKit
import Wire

/// Answers the policy of a key, as it was written.
///
/// Source: API_GetKeyPolicy in the KMS API Reference.
struct GetKeyPolicy: OperationHandler {
    static let operation = KMSAPI.getKeyPolicy
    let keys: KeyDirectory

    func access(
        for input: GetKeyPolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access("kms:GetKeyPolicy", to: input.keyId, in: context)
    }

    func handle(
        _ input: GetKeyPolicyRequest, in context: RequestContext
    ) async throws -> GetKeyPolicyResponse {
        let key = try await keys.findByID(input.keyId, in: context)
        guard (input.policyName ?? KeyPolicy.name) == KeyPolicy.name else {
            throw KMSError.notFoundException("No such policy exists")
        }
        return GetKeyPolicyResponse(policy: key.policy, policyName: KeyPolicy.name)
    }
}
