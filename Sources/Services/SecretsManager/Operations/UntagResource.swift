import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Removes tags from a secret.
///
/// Source: API_UntagResource in the Secrets Manager API Reference.
struct UntagResource: OperationHandler {
    static let operation = SecretsManagerAPI.untagResource
    let store: SecretStore

    func access(
        for input: UntagResourceRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            try await SecretAccess(database: store.database).request(
                "secretsmanager:UntagResource", on: input.secretId, in: context,
                ["aws:TagKeys": input.tagKeys])
        ]
    }

    func handle(
        _ input: UntagResourceRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.update(input.secretId, in: context) { secret, transaction in
            try secret.requireAlive()
            for key in input.tagKeys {
                try transaction.execute(
                    "DELETE FROM tags WHERE arn = ? AND tag_key = ?", secret.arn, key)
            }
        }
        return EmptyStructure()
    }
}
