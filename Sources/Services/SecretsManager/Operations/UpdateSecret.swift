import Platform
import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Describes a secret in other words, encrypts it under another key, or gives it a new value.
///
/// Source: API_UpdateSecret in the Secrets Manager API Reference.
struct UpdateSecret: OperationHandler {
    static let operation = SecretsManagerAPI.updateSecret
    let store: SecretStore

    func access(
        for input: UpdateSecretRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        var conditions: [String: [String]] = [:]
        conditions["secretsmanager:Description"] = input.description.map { [$0] }
        conditions["secretsmanager:KmsKeyId"] = input.kmsKeyId.map { [$0] }
        return [
            try await SecretAccess(database: store.database).request(
                "secretsmanager:UpdateSecret", on: input.secretId, in: context, conditions)
        ]
    }

    func handle(
        _ input: UpdateSecretRequest, in context: RequestContext
    ) async throws -> UpdateSecretResponse {
        let value = try SecretValue(string: input.secretString, binary: input.secretBinary)
        let secret = try await store.find(input.secretId, in: context)
        try secret.requirePrimary()
        try secret.requireAlive()
        // An empty key is the one of the service.
        let keyID: String? = input.kmsKeyId.map { $0.isEmpty ? nil : $0 } ?? secret.kmsKeyID
        if keyID != secret.kmsKeyID {
            try await encryptAgain(secret, under: keyID, in: context)
        }
        let change: @Sendable (inout SecretRecord) -> Void = { secret in
            secret.description = input.description ?? secret.description
            secret.type = input.type ?? secret.type
            secret.kmsKeyID = keyID
        }
        var versionID: String?
        if let value {
            let token = input.clientRequestToken ?? store.randomness.uuid()
            try await store.put(
                value, token: token, stages: ["AWSCURRENT"], into: secret, in: context, change)
            versionID = token
        }
        try await store.update(secret.arn, in: context) { secret, _ in change(&secret) }
        return UpdateSecretResponse(arn: secret.arn, name: secret.name, versionId: versionID)
    }

    /// Encrypts the versions that have a stage under another key.
    private func encryptAgain(
        _ secret: SecretRecord, under keyID: String?, in context: RequestContext
    ) async throws {
        let arn = secret.arn
        let versions = try await store.database.read { try $0.versions(of: arn) }
        for version in versions where !version.stages.isEmpty {
            guard let value = try await store.value(of: version.id, secret, in: context) else {
                continue
            }
            let sealed = try await store.cipher.encrypt(
                value, keyID: keyID, arn: arn, version: version.id, in: context)
            try await store.database.write { transaction in
                try transaction.putVersion(
                    version.id, of: arn, sealed: sealed, isBinary: value.isBinary, kmsKeyID: keyID,
                    now: version.created)
            }
        }
    }
}
