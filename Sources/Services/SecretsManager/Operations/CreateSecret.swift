import Platform
import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Makes a secret, with its first value or without.
///
/// Source: API_CreateSecret in the Secrets Manager API Reference.
struct CreateSecret: OperationHandler {
    static let operation = SecretsManagerAPI.createSecret
    let store: SecretStore

    func access(for input: CreateSecretRequest, in context: RequestContext) -> [AccessRequest] {
        var conditions: [String: [String]] = ["secretsmanager:Name": [input.name]]
        conditions["secretsmanager:Description"] = input.description.map { [$0] }
        conditions["secretsmanager:KmsKeyId"] = input.kmsKeyId.map { [$0] }
        conditions["aws:TagKeys"] = input.tags.map { $0.compactMap(\.key) }
        for tag in input.tags ?? [] {
            conditions["aws:RequestTag/\(tag.key ?? "")"] = [tag.value ?? ""]
        }
        let arn = context.arn("secretsmanager", "secret:\(input.name)").description
        return [AccessRequest("secretsmanager:CreateSecret", on: arn, conditionKeys: conditions)]
    }

    func handle(
        _ input: CreateSecretRequest, in context: RequestContext
    ) async throws -> CreateSecretResponse {
        try SecretName.check(input.name)
        let value = try SecretValue(string: input.secretString, binary: input.secretBinary)
        let token = input.clientRequestToken ?? store.randomness.uuid()
        if let answer = try await earlier(input, value, token: token, in: context) { return answer }
        let now = store.clock.now
        var secret = SecretRecord(
            account: context.account, region: context.region, name: input.name,
            arn: SecretName.arn(of: input.name, in: context, randomness: store.randomness),
            description: input.description, kmsKeyID: input.kmsKeyId, type: input.type,
            created: now, changed: now)
        let regions = input.addReplicaRegions ?? []
        try ReplicaRegions.check(regions, of: secret)
        if !regions.isEmpty { secret.primaryRegion = secret.region }
        var sealed: [UInt8]?
        if let value {
            sealed = try await store.cipher.encrypt(
                value, keyID: secret.kmsKeyID, arn: secret.arn, version: token, in: context)
        }
        let made = secret
        try await store.database.write { [store, sealed] transaction in
            guard try transaction.secret(SecretReference(input.name, in: context)) == nil else {
                throw Self.exists(input.name)
            }
            try transaction.put(made)
            try transaction.setTags(input.tags ?? [], of: made.arn)
            if let sealed, let value {
                try transaction.putVersion(
                    token, of: made.arn, sealed: sealed, isBinary: value.isBinary,
                    kmsKeyID: made.kmsKeyID, now: now)
                try transaction.attach("AWSCURRENT", to: token, of: made.arn)
            }
            try ReplicaRegions.add(
                regions, to: made, overwriting: input.forceOverwriteReplicaSecret ?? false,
                in: transaction)
            try Replication.enqueue(made, on: store.jobs, in: transaction)
        }
        return CreateSecretResponse(
            arn: secret.arn, name: secret.name, versionId: value == nil ? nil : token,
            replicationStatus: try await ReplicaRegions.status(of: secret, store))
    }

    /// What was answered before where the same request is made again.
    private func earlier(
        _ input: CreateSecretRequest, _ value: SecretValue?, token: String,
        in context: RequestContext
    ) async throws -> CreateSecretResponse? {
        let reference = SecretReference(input.name, in: context)
        guard let secret = try await store.database.read({ try $0.secret(reference) }) else {
            return nil
        }
        guard secret.deletion == nil else {
            throw SecretFailure.request(
                "You can't create this secret because a secret with this name is already "
                    + "scheduled for deletion.")
        }
        guard let existing = try await store.value(of: token, secret, in: context) else {
            throw Self.exists(input.name)
        }
        guard existing == value else { throw SecretFailure.tokenInUse(token, of: secret.arn) }
        return CreateSecretResponse(arn: secret.arn, name: secret.name, versionId: token)
    }

    private static func exists(_ name: String) -> AWSError {
        SecretsManagerError.resourceExistsException(
            "The operation failed because the secret \(name) already exists.")
    }
}
