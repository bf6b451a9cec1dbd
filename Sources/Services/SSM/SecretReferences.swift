import SSMModel
import SecretsManagerModel
import ServiceKit
import Wire

/// Secrets of Secrets Manager under the names of parameters: `/aws/reference/secretsmanager/…`.
///
/// Source: "Referencing AWS Secrets Manager secrets from Parameter Store parameters" in the Systems Manager User Guide.
struct SecretReferences: Sendable {
    private static let prefix = "/aws/reference/secretsmanager/"

    let caller: ServiceCaller

    /// The secret that a name refers to; `nil` for the name of a parameter.
    static func secretID(in name: String) -> String? {
        name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
    }

    /// The secret as a parameter, read with the rights of who asks.
    ///
    /// - Throws: `ValidationException`, `ParameterNotFound`.
    func parameter(
        _ id: String, named name: String, decrypted: Bool?, in context: RequestContext
    ) async throws -> Parameter {
        guard decrypted == true else {
            throw SSMFailure.validation(
                "WithDecryption flag must be True for retrieving a Secret Manager secret.")
        }
        let parts = id.split(separator: ":", maxSplits: 1).map(String.init)
        var request = GetSecretValueRequest(secretId: id.hasPrefix("arn:") ? id : parts.first ?? "")
        if !id.hasPrefix("arn:"), let version = parts.dropFirst().first {
            // A version's identifier has at least 32 characters.
            if version.utf8.count >= 32 {
                request.versionId = version
            } else {
                request.versionStage = version
            }
        }
        let calling = context.calling(via: "ssm.amazonaws.com")
        do {
            let secret = try await caller.call(
                SecretsManagerAPI.getSecretValue, request, in: calling)
            let description = try await caller.call(
                SecretsManagerAPI.describeSecret,
                DescribeSecretRequest(secretId: request.secretId), in: calling)
            return Self.parameter(of: secret, description, partition: context.partition)
        } catch let error as AWSError
            where error.code == SecretsManagerError.resourceNotFoundException.code
        {
            throw SSMError.parameterNotFound(
                "An error occurred (ParameterNotFound) when referencing Secrets Manager: Secret "
                    + "\(name) not found.")
        }
    }

    private static func parameter(
        of secret: GetSecretValueResponse, _ description: DescribeSecretResponse, partition: String
    ) -> Parameter {
        let stages = (description.versionIdsToStages ?? [:]).mapValues {
            Document.array($0.map { .string($0) })
        }
        let source: Document = [
            "ARN": .string(secret.arn ?? ""), "Name": .string(secret.name ?? ""),
            "VersionId": .string(secret.versionId ?? ""), "VersionIdsToStages": .object(stages),
        ]
        return Parameter(
            name: secret.name, type: "SecureString",
            value: secret.secretString ?? Base64.encode(secret.secretBinary ?? []), version: 0,
            sourceResult: source.jsonText, lastModifiedDate: secret.createdDate, arn: secret.arn)
    }
}
