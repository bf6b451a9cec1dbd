import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// What a caller must be allowed to do with a secret.
struct SecretAccess: Sendable {
    let database: any Database

    /// What `action` on the secret that `id` names needs. Of a secret that is not there, the name is judged.
    func request(
        _ action: String, on id: String, in context: RequestContext,
        _ conditions: [String: [String]] = [:]
    ) async throws -> AccessRequest {
        let reference = SecretReference(id, in: context)
        guard let secret = try await database.read({ try $0.secret(reference) }) else {
            let arn = reference.arn ?? context.arn("secretsmanager", "secret:\(id)").description
            return AccessRequest(action, on: arn, conditionKeys: conditions)
        }
        var keys: [String: [String]] = [
            "secretsmanager:SecretId": [secret.arn],
            "secretsmanager:resource/AllowRotationLambdaArn": secret.rotation.function.map { [$0] }
                ?? [],
        ]
        keys["secretsmanager:SecretPrimaryRegion"] = secret.primaryRegion.map { [$0] }
        keys.merge(conditions) { _, given in given }
        var request = AccessRequest(action, on: secret.arn, conditionKeys: keys) { secret.policy }
        request.resourceTags = { [database] in
            let tags = try await database.read { try $0.tags(of: secret.arn) }
            return Dictionary(
                tags.map { ($0.key ?? "", $0.value ?? "") }, uniquingKeysWith: { $1 })
        }
        return request
    }
}
