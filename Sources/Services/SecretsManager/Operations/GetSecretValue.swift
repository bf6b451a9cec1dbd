import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Answers a value of a secret.
///
/// Source: API_GetSecretValue in the Secrets Manager API Reference.
struct GetSecretValue: OperationHandler {
    static let operation = SecretsManagerAPI.getSecretValue
    let reader: SecretReader

    func access(
        for input: GetSecretValueRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        var conditions = ["secretsmanager:VersionStage": [input.versionStage ?? "AWSCURRENT"]]
        conditions["secretsmanager:VersionId"] = input.versionId.map { [$0] }
        return [
            try await SecretAccess(database: reader.store.database).request(
                "secretsmanager:GetSecretValue", on: input.secretId, in: context, conditions)
        ]
    }

    func handle(
        _ input: GetSecretValueRequest, in context: RequestContext
    ) async throws -> GetSecretValueResponse {
        let read = try await reader.read(
            input.secretId, version: input.versionId, stage: input.versionStage, in: context)
        return GetSecretValueResponse(
            arn: read.secret.arn, name: read.secret.name, versionId: read.version.id,
            secretBinary: read.value.binary, secretString: read.value.string,
            versionStages: read.version.stages, createdDate: read.version.created)
    }
}
