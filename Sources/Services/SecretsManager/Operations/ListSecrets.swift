import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Lists the secrets that filters find.
///
/// Source: API_ListSecrets in the Secrets Manager API Reference.
struct ListSecrets: OperationHandler {
    static let operation = SecretsManagerAPI.listSecrets
    let search: SecretSearch

    func access(for input: ListSecretsRequest, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("secretsmanager:ListSecrets")]
    }

    func handle(
        _ input: ListSecretsRequest, in context: RequestContext
    ) async throws -> ListSecretsResponse {
        let page = try await search.page(
            SecretSearch.Request(
                filters: try (input.filters ?? []).map { try SecretFilter($0) },
                limit: input.maxResults ?? SecretsManagerLimits.listPage, token: input.nextToken,
                includesDeleted: input.includePlannedDeletion ?? false,
                order: SecretSearch.Order(input.sortBy), isDescending: input.sortOrder == "desc"),
            in: context)
        return ListSecretsResponse(
            secretList: page.secrets.map { entry($0.secret, $0.tags, $0.stages) },
            nextToken: page.nextToken)
    }

    private func entry(
        _ secret: SecretRecord, _ tags: [Tag], _ stages: [String: [String]]
    ) -> SecretListEntry {
        var entry = SecretListEntry()
        entry.arn = secret.arn
        entry.name = secret.name
        entry.type = secret.type
        entry.description = secret.description
        entry.kmsKeyId = secret.kmsKeyID
        entry.rotationEnabled = secret.rotation.function == nil ? nil : secret.rotation.isEnabled
        entry.rotationLambdaARN = secret.rotation.function
        entry.rotationRules = secret.rotation.rules
        entry.lastRotatedDate = secret.rotated
        entry.lastChangedDate = secret.changed
        entry.lastAccessedDate = secret.accessed
        entry.deletedDate = secret.deletion
        entry.nextRotationDate = secret.rotation.next
        entry.tags = tags.isEmpty ? nil : tags
        entry.secretVersionsToStages = stages.isEmpty ? nil : stages
        entry.createdDate = secret.created
        entry.primaryRegion = secret.primaryRegion
        return entry
    }
}
