import KMSModel
import ServiceKit
import Wire

/// Lists the names of a key's policies, of which there is one.
///
/// Source: API_ListKeyPolicies in the KMS API Reference.
struct ListKeyPolicies: OperationHandler {
    static let operation = KMSAPI.listKeyPolicies
    let keys: KeyDirectory

    func access(
        for input: ListKeyPoliciesRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access("kms:ListKeyPolicies", to: input.keyId, in: context)
    }

    func handle(
        _ input: ListKeyPoliciesRequest, in context: RequestContext
    ) async throws -> ListKeyPoliciesResponse {
        _ = try await keys.findByID(input.keyId, in: context)
        return ListKeyPoliciesResponse(policyNames: [KeyPolicy.name], truncated: false)
    }
}
