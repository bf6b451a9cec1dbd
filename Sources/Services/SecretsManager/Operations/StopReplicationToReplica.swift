import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Makes a copy a secret of its own.
///
/// Source: API_StopReplicationToReplica in the Secrets Manager API Reference.
struct StopReplicationToReplica: OperationHandler {
    static let operation = SecretsManagerAPI.stopReplicationToReplica
    let store: SecretStore

    func access(
        for input: StopReplicationToReplicaRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            try await SecretAccess(database: store.database).request(
                "secretsmanager:StopReplicationToReplica", on: input.secretId, in: context)
        ]
    }

    func handle(
        _ input: StopReplicationToReplicaRequest, in context: RequestContext
    ) async throws -> StopReplicationToReplicaResponse {
        let reference = SecretReference(input.secretId, in: context)
        let arn = try await store.database.write { transaction in
            var secret = try transaction.existingSecret(reference)
            try secret.requireAlive()
            guard secret.isReplica, let primary = secret.primaryRegion else {
                throw SecretFailure.parameter(
                    "Operation not permitted on a primary secret. Call must be made in the "
                        + "replica secret's region.")
            }
            try transaction.execute(
                "DELETE FROM replicas WHERE arn = ? AND region = ?", secret.arn(in: primary),
                secret.region)
            secret.primaryRegion = nil
            secret.rotation = SecretRecord.Rotation()
            try transaction.put(secret)
            return secret.arn
        }
        return StopReplicationToReplicaResponse(arn: arn)
    }
}
