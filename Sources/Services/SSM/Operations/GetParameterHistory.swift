import SSMModel
import ServiceKit
import Storage
import Wire

/// Answers the versions of a parameter, the oldest first.
///
/// Source: API_GetParameterHistory in the Systems Manager API Reference.
struct GetParameterHistory: OperationHandler {
    static let operation = SSMAPI.getParameterHistory
    let database: any Database
    let cipher: ParameterCipher

    func access(
        for input: GetParameterHistoryRequest, in context: RequestContext
    ) -> [AccessRequest] {
        ParameterAccess(database: database)
            .requests("ssm:GetParameterHistory", on: [input.name], in: context)
    }

    func handle(
        _ input: GetParameterHistoryRequest, in context: RequestContext
    ) async throws -> GetParameterHistoryResult {
        let place = ParameterPlace(input.name, in: context)
        let limit = input.maxResults ?? SSMLimits.historyPage
        let token = try PageToken.name(in: input.nextToken)
        guard let after = token.isEmpty ? 0 : Int(token) else { throw SSMFailure.invalidToken }
        let found = try await database.read { transaction in
            guard try transaction.latest(place) != nil else {
                throw SSMFailure.notFound(input.name)
            }
            return try transaction.versions(of: place, after: after, limit: limit + 1).map {
                (version: $0, labels: try transaction.labels(of: place, version: $0.version))
            }
        }
        var history: [ParameterHistory] = []
        for (version, labels) in found.prefix(limit) {
            let value = try await cipher.value(
                of: version, decrypted: input.withDecryption, in: context)
            history.append(version.history(value, labels: labels))
        }
        let last = found.prefix(limit).last?.version.version
        return GetParameterHistoryResult(
            parameters: history,
            nextToken: found.count > limit ? last.map { PageToken.text(after: "\($0)") } : nil)
    }
}
