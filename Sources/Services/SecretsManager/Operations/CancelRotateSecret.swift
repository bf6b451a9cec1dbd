import Platform
import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Rotates a secret no more. What a rotation under way has made stays.
///
/// Source: API_CancelRotateSecret in the Secrets Manager API Reference.
struct CancelRotateSecret: OperationHandler {
    static let operation = SecretsManagerAPI.cancelRotateSecret
    let store: SecretStore

    func access(
        for input: CancelRotateSecretRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            try await SecretAccess(database: store.database).request(
                "secretsmanager:CancelRotateSecret", on: input.secretId, in: context)
        ]
    }

    func handle(
        _ input: CancelRotateSecretRequest, in context: RequestContext
    ) async throws -> CancelRotateSecretResponse {
        let secret = try await store.update(input.secretId, in: context) {
            [store] secret, transaction in
            try secret.requireAlive()
            guard secret.rotation.function != nil else {
                throw SecretFailure.request(
                    "You tried to cancel rotation on a secret that is not associated with a "
                        + "Lambda function.")
            }
            secret.rotation.isEnabled = false
            try RotationTimer.set(
                for: &secret, after: store.clock.now, on: store.jobs, in: transaction)
            try RotationRun.cancel(secret.arn, on: store.jobs, in: transaction)
        }
        return CancelRotateSecretResponse(
            arn: secret.arn, name: secret.name, versionId: secret.rotation.pendingVersion)
    }
}
