import Platform
import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Puts a new value into a secret, as a new version.
///
/// Source: API_PutSecretValue in the Secrets Manager API Reference.
struct PutSecretValue: OperationHandler {
    static let operation = SecretsManagerAPI.putSecretValue
    let store: SecretStore

    func access(
        for input: PutSecretValueRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            try await SecretAccess(database: store.database).request(
                "secretsmanager:PutSecretValue", on: input.secretId, in: context,
                ["secretsmanager:VersionStage": input.versionStages ?? ["AWSCURRENT"]])
        ]
    }

    func handle(
        _ input: PutSecretValueRequest, in context: RequestContext
    ) async throws -> PutSecretValueResponse {
        guard let value = try SecretValue(string: input.secretString, binary: input.secretBinary)
        else { throw SecretFailure.noValue }
        let secret = try await store.find(input.secretId, in: context)
        try secret.requirePrimary()
        try secret.requireAlive()
        let token = input.clientRequestToken ?? store.randomness.uuid()
        let stages = try await store.put(
            value, token: token, stages: input.versionStages ?? ["AWSCURRENT"], into: secret,
            in: context)
        return PutSecretValueResponse(
            arn: secret.arn, name: secret.name, versionId: token, versionStages: stages)
    }
}
