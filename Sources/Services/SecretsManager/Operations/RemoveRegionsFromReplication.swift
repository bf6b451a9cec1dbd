import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Deletes the copies of a secret in some regions.
///
/// Source: API_RemoveRegionsFromReplication in the Secrets Manager API Reference.
struct RemoveRegionsFromReplication: OperationHandler {
    static let operation = SecretsManagerAPI.removeRegionsFromReplication
    let store: SecretStore

    func access(
        for input: RemoveRegionsFromReplicationRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            try await SecretAccess(database: store.database).request(
                "secretsmanager:RemoveRegionsFromReplication", on: input.secretId, in: context)
        ]
    }

    func handle(
        _ input: RemoveRegionsFromReplicationRequest, in context: RequestContext
    ) async throws -> RemoveRegionsFromReplicationResponse {
        let secret = try await store.update(input.secretId, in: context) { secret, transaction in
            for region in input.removeReplicaRegions {
                try transaction.execute(
                    "DELETE FROM replicas WHERE arn = ? AND region = ?", secret.arn, region)
                if region != secret.region { try transaction.delete(secret.arn(in: region)) }
            }
        }
        return RemoveRegionsFromReplicationResponse(
            arn: secret.arn, replicationStatus: try await ReplicaRegions.status(of: secret, store))
    }
}
