import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Takes the policy off a secret.
///
/// Source: API_DeleteResourcePolicy in the Secrets Manager API Reference.
struct DeleteResourcePolicy: OperationHandler {
    static let operation = SecretsManagerAPI.deleteResourcePolicy
    let store: SecretStore

    func access(
        for input: DeleteResourcePolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            try await SecretAccess(database: store.database).request(
                "secretsmanager:DeleteResourcePolicy", on: input.secretId, in: context)
        ]
    }

    func handle(
        _ input: DeleteResourcePolicyRequest, in context: RequestContext
    ) async throws -> DeleteResourcePolicyResponse {
        let secret = try await store.update(input.secretId, in: context) { secret, _ in
            try secret.requireAlive()
            secret.policy = nil
        }
        return DeleteResourcePolicyResponse(arn: secret.arn, name: secret.name)
    }
}
