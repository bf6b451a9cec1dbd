import Platform
import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Saves a secret that was marked for deletion.
///
/// Source: API_RestoreSecret in the Secrets Manager API Reference.
struct RestoreSecret: OperationHandler {
    static let operation = SecretsManagerAPI.restoreSecret
    let store: SecretStore

    func access(
        for input: RestoreSecretRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            try await SecretAccess(database: store.database).request(
                "secretsmanager:RestoreSecret", on: input.secretId, in: context)
        ]
    }

    func handle(
        _ input: RestoreSecretRequest, in context: RequestContext
    ) async throws -> RestoreSecretResponse {
        let secret = try await store.update(input.secretId, in: context) {
            [store] secret, transaction in
            secret.deletion = nil
            try SecretDeletion.set(nil, for: secret.arn, on: store.jobs, in: transaction)
            try RotationTimer.set(
                for: &secret, after: store.clock.now, on: store.jobs, in: transaction)
        }
        return RestoreSecretResponse(arn: secret.arn, name: secret.name)
    }
}
