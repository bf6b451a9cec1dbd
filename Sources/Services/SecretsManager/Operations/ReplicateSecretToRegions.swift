import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Copies a secret into other regions, and keeps the copies up to date.
///
/// Source: API_ReplicateSecretToRegions in the Secrets Manager API Reference.
struct ReplicateSecretToRegions: OperationHandler {
    static let operation = SecretsManagerAPI.replicateSecretToRegions
    let store: SecretStore

    func access(
        for input: ReplicateSecretToRegionsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            try await SecretAccess(database: store.database).request(
                "secretsmanager:ReplicateSecretToRegions", on: input.secretId, in: context,
                [
                    "secretsmanager:AddReplicaRegions": input.addReplicaRegions.compactMap(
                        \.region),
                    "secretsmanager:ForceOverwriteReplicaSecret": [
                        "\(input.forceOverwriteReplicaSecret ?? false)"
                    ],
                ])
        ]
    }

    func handle(
        _ input: ReplicateSecretToRegionsRequest, in context: RequestContext
    ) async throws -> ReplicateSecretToRegionsResponse {
        let secret = try await store.update(input.secretId, in: context) { secret, transaction in
            try secret.requireAlive()
            try ReplicaRegions.check(input.addReplicaRegions, of: secret)
            secret.primaryRegion = secret.region
            try ReplicaRegions.add(
                input.addReplicaRegions, to: secret,
                overwriting: input.forceOverwriteReplicaSecret ?? false, in: transaction)
        }
        return ReplicateSecretToRegionsResponse(
            arn: secret.arn, replicationStatus: try await ReplicaRegions.status(of: secret, store))
    }
}

/// The regions that a secret is replicated to.
enum ReplicaRegions {
    /// - Throws: `InvalidParameterException`.
    static func check(_ regions: [ReplicaRegionType], of secret: SecretRecord) throws {
        let names = regions.compactMap(\.region)
        guard names.count == regions.count, Set(names).count == names.count,
            !names.contains(secret.region)
        else {
            throw SecretFailure.parameter("Invalid replica region.")
        }
    }

    /// Enters regions. A secret of the same name that is there keeps its place, unless it may be overwritten.
    static func add(
        _ regions: [ReplicaRegionType], to secret: SecretRecord, overwriting: Bool,
        in transaction: any WriteTransaction
    ) throws {
        for replica in regions {
            let region = replica.region ?? ""
            if overwriting, let other = try obstacle(to: secret, in: region, transaction) {
                try transaction.delete(other)
            }
            try transaction.execute(
                "INSERT INTO replicas (arn, region, kms_key, status) VALUES (?, ?, ?, ?) "
                    + "ON CONFLICT (arn, region) DO UPDATE SET kms_key = excluded.kms_key",
                secret.arn, region, replica.kmsKeyId, "InProgress")
        }
    }

    /// The ARN of another secret that has the name of a replica in a region; `nil` where the name is free.
    static func obstacle(
        to secret: SecretRecord, in region: String, _ transaction: any ReadTransaction
    ) throws -> String? {
        let there = try transaction.first(
            "SELECT arn FROM secrets WHERE account = ? AND region = ? AND name = ?",
            secret.account, region, secret.name)?.string(0)
        return there == secret.arn(in: region) ? nil : there
    }

    /// How far the replication of a secret is; `nil` where it has none.
    static func status(
        of secret: SecretRecord, _ store: SecretStore
    ) async throws -> [ReplicationStatusType]? {
        guard secret.primaryRegion != nil else { return nil }
        return try await store.database.read { try $0.replicas(of: secret.arn) }
    }
}
