import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Answers the policy of a secret.
///
/// Source: API_GetResourcePolicy in the Secrets Manager API Reference.
struct GetResourcePolicy: OperationHandler {
    static let operation = SecretsManagerAPI.getResourcePolicy
    let store: SecretStore

    func access(
        for input: GetResourcePolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            try await SecretAccess(database: store.database).request(
                "secretsmanager:GetResourcePolicy", on: input.secretId, in: context)
        ]
    }

    func handle(
        _ input: GetResourcePolicyRequest, in context: RequestContext
    ) async throws -> GetResourcePolicyResponse {
        let secret = try await store.find(input.secretId, in: context)
        try secret.requireAlive()
        return GetResourcePolicyResponse(
            arn: secret.arn, name: secret.name, resourcePolicy: secret.policy)
    }
}
