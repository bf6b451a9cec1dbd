import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Adds tags to a secret, or gives those that it has other values.
///
/// Source: API_TagResource in the Secrets Manager API Reference.
struct TagResource: OperationHandler {
    static let operation = SecretsManagerAPI.tagResource
    let store: SecretStore

    func access(
        for input: TagResourceRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        var conditions: [String: [String]] = ["aws:TagKeys": input.tags.compactMap(\.key)]
        for tag in input.tags { conditions["aws:RequestTag/\(tag.key ?? "")"] = [tag.value ?? ""] }
        return [
            try await SecretAccess(database: store.database).request(
                "secretsmanager:TagResource", on: input.secretId, in: context, conditions)
        ]
    }

    func handle(
        _ input: TagResourceRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        guard !input.tags.contains(where: { $0.key?.lowercased().hasPrefix("aws:") ?? true }) else {
            throw SecretFailure.parameter("Tag keys can't begin with aws:, and each tag has one.")
        }
        try await store.update(input.secretId, in: context) { secret, transaction in
            try secret.requireAlive()
            try transaction.setTags(input.tags, of: secret.arn)
        }
        return EmptyStructure()
    }
}
