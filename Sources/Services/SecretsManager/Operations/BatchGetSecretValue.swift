import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Answers the current values of up to twenty secrets: those of a list, or those that filters find.
///
/// Source: API_BatchGetSecretValue in the Secrets Manager API Reference.
struct BatchGetSecretValue: OperationHandler {
    static let operation = SecretsManagerAPI.batchGetSecretValue
    let reader: SecretReader
    let search: SecretSearch
    let caller: ServiceCaller

    func access(
        for input: BatchGetSecretValueRequest, in context: RequestContext
    ) -> [AccessRequest] {
        [AccessRequest("secretsmanager:BatchGetSecretValue")]
    }

    func handle(
        _ input: BatchGetSecretValueRequest, in context: RequestContext
    ) async throws -> BatchGetSecretValueResponse {
        let hasFilters = input.filters?.isEmpty == false
        guard (input.secretIdList != nil) != hasFilters else {
            throw SecretFailure.parameter(
                input.secretIdList == nil
                    ? "You must include Filters or SecretIdList in the call."
                    : "Either 'SecretIdList' or 'Filters' must be provided, but not both.")
        }
        guard input.secretIdList == nil || input.maxResults == nil else {
            throw SecretFailure.parameter(
                "'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is "
                    + "provided.")
        }
        var ids = input.secretIdList ?? []
        var nextToken: String?
        if hasFilters {
            let page = try await search.page(
                SecretSearch.Request(
                    filters: try (input.filters ?? []).map { try SecretFilter($0) },
                    limit: input.maxResults ?? SecretsManagerLimits.batchPage,
                    token: input.nextToken), in: context)
            ids = page.secrets.map(\.secret.arn)
            nextToken = page.nextToken
        }
        var response = BatchGetSecretValueResponse(
            secretValues: [], nextToken: nextToken, errors: [])
        for id in ids {
            do {
                response.secretValues?.append(try await value(of: id, in: context))
            } catch let error as AWSError where error.status < 500 {
                response.errors?.append(
                    APIErrorType(secretId: id, errorCode: error.code, message: error.message))
            }
        }
        return response
    }

    /// Each secret needs the right to read it.
    private func value(of id: String, in context: RequestContext) async throws -> SecretValueEntry {
        let access = try await SecretAccess(database: reader.store.database).request(
            "secretsmanager:GetSecretValue", on: id, in: context)
        try await caller.authorize([access], in: context)
        let read = try await reader.read(id, version: nil, stage: nil, in: context)
        return SecretValueEntry(
            arn: read.secret.arn, name: read.secret.name, versionId: read.version.id,
            secretBinary: read.value.binary, secretString: read.value.string,
            versionStages: read.version.stages, createdDate: read.version.created)
    }
}
