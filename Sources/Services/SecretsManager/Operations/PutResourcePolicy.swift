import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Attaches a policy to a secret.
///
/// Source: API_PutResourcePolicy in the Secrets Manager API Reference.
struct PutResourcePolicy: OperationHandler {
    static let operation = SecretsManagerAPI.putResourcePolicy
    let store: SecretStore

    func access(
        for input: PutResourcePolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            try await SecretAccess(database: store.database).request(
                "secretsmanager:PutResourcePolicy", on: input.secretId, in: context,
                ["secretsmanager:BlockPublicPolicy": ["\(input.blockPublicPolicy ?? false)"]])
        ]
    }

    func handle(
        _ input: PutResourcePolicyRequest, in context: RequestContext
    ) async throws -> PutResourcePolicyResponse {
        try await store.find(input.secretId, in: context).requirePrimary()
        if let finding = ResourcePolicy.formFinding(input.resourcePolicy) {
            throw SecretsManagerError.malformedPolicyDocumentException(finding.message)
        }
        if input.blockPublicPolicy == true, ResourcePolicy.isPublic(input.resourcePolicy) {
            throw SecretsManagerError.publicPolicyException(
                "You can't attach a resource policy that allows broad access to the secret.")
        }
        let secret = try await store.update(input.secretId, in: context) { secret, _ in
            try secret.requireAlive()
            secret.policy = input.resourcePolicy
        }
        return PutResourcePolicyResponse(arn: secret.arn, name: secret.name)
    }
}
