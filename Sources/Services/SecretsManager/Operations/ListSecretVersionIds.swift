import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Lists the versions of a secret; those without a stage on demand.
///
/// Source: API_ListSecretVersionIds in the Secrets Manager API Reference.
struct ListSecretVersionIds: OperationHandler {
    static let operation = SecretsManagerAPI.listSecretVersionIds
    let store: SecretStore

    func access(
        for input: ListSecretVersionIdsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            try await SecretAccess(database: store.database).request(
                "secretsmanager:ListSecretVersionIds", on: input.secretId, in: context)
        ]
    }

    func handle(
        _ input: ListSecretVersionIdsRequest, in context: RequestContext
    ) async throws -> ListSecretVersionIdsResponse {
        let limit = input.maxResults ?? SecretsManagerLimits.listPage
        let start = try PageToken.number(in: input.nextToken)
        let secret = try await store.find(input.secretId, in: context)
        let all = try await store.database.read { try $0.versions(of: secret.arn) }
        let wanted = all.filter { input.includeDeprecated == true || !$0.stages.isEmpty }
            .dropFirst(start)
        let entries = wanted.prefix(limit).map { version in
            SecretVersionsListEntry(
                versionId: version.id,
                versionStages: version.stages.isEmpty ? nil : version.stages,
                lastAccessedDate: version.accessed, createdDate: version.created,
                kmsKeyIds: version.hasValue ? [version.kmsKeyID ?? "DefaultEncryptionKey"] : nil)
        }
        return ListSecretVersionIdsResponse(
            versions: entries,
            nextToken: wanted.count > limit ? PageToken.text(start + limit) : nil,
            arn: secret.arn, name: secret.name)
    }
}

/// Where a page of versions ended, encoded so that nobody builds on it.
enum PageToken {
    static func text(_ number: Int) -> String { Base64.encode(Array("\(number)".utf8)) }

    /// - Throws: `InvalidNextTokenException`.
    static func number(in token: String?) throws -> Int {
        guard let token else { return 0 }
        guard let bytes = Base64.decode(token.utf8),
            let number = Int(String(decoding: bytes, as: UTF8.self)), number >= 0
        else { throw invalid }
        return number
    }

    static let invalid = SecretsManagerError.invalidNextTokenException("Invalid NextToken.")
}
