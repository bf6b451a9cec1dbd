import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Tells everything about a secret but its values.
///
/// Source: API_DescribeSecret in the Secrets Manager API Reference.
struct DescribeSecret: OperationHandler {
    static let operation = SecretsManagerAPI.describeSecret
    let store: SecretStore

    func access(
        for input: DescribeSecretRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            try await SecretAccess(database: store.database).request(
                "secretsmanager:DescribeSecret", on: input.secretId, in: context)
        ]
    }

    func handle(
        _ input: DescribeSecretRequest, in context: RequestContext
    ) async throws -> DescribeSecretResponse {
        let reference = SecretReference(input.secretId, in: context)
        return try await store.database.read { transaction in
            let secret = try transaction.existingSecret(reference)
            let stages = try transaction.stages(of: secret.arn)
            var response = DescribeSecretResponse()
            response.arn = secret.arn
            response.name = secret.name
            response.type = secret.type
            response.description = secret.description
            response.kmsKeyId = secret.kmsKeyID
            response.rotationEnabled =
                secret.rotation.function == nil ? nil : secret.rotation.isEnabled
            response.rotationLambdaARN = secret.rotation.function
            response.rotationRules = secret.rotation.rules
            response.lastRotatedDate = secret.rotated
            response.lastChangedDate = secret.changed
            response.lastAccessedDate = secret.accessed
            response.deletedDate = secret.deletion
            response.nextRotationDate = secret.rotation.next
            let tags = try transaction.tags(of: secret.arn)
            response.tags = tags.isEmpty ? nil : tags
            response.versionIdsToStages = stages.isEmpty ? nil : stages
            response.createdDate = secret.created
            response.primaryRegion = secret.primaryRegion
            let replicas = try transaction.replicas(of: secret.arn)
            response.replicationStatus = replicas.isEmpty ? nil : replicas
            return response
        }
    }
}
