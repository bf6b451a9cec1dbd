import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Tells whether a policy could be attached to a secret, and does not let anybody in.
///
/// Source: API_ValidateResourcePolicy in the Secrets Manager API Reference.
struct ValidateResourcePolicy: OperationHandler {
    static let operation = SecretsManagerAPI.validateResourcePolicy
    let store: SecretStore

    func access(
        for input: ValidateResourcePolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        guard let id = input.secretId else {
            return [AccessRequest("secretsmanager:ValidateResourcePolicy")]
        }
        return [
            try await SecretAccess(database: store.database).request(
                "secretsmanager:ValidateResourcePolicy", on: id, in: context)
        ]
    }

    func handle(
        _ input: ValidateResourcePolicyRequest, in context: RequestContext
    ) async throws -> ValidateResourcePolicyResponse {
        if let id = input.secretId { _ = try await store.find(id, in: context) }
        if let finding = ResourcePolicy.formFinding(input.resourcePolicy) {
            throw SecretsManagerError.malformedPolicyDocumentException(finding.message)
        }
        guard ResourcePolicy.isPublic(input.resourcePolicy) else {
            return ValidateResourcePolicyResponse(
                policyValidationPassed: true, validationErrors: [])
        }
        return ValidateResourcePolicyResponse(
            policyValidationPassed: false,
            validationErrors: [
                ValidationErrorsEntry(
                    checkName: "PUBLIC_POLICY",
                    errorMessage: "The resource policy allows broad access to the secret.")
            ])
    }
}
