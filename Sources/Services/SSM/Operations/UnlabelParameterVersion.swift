import SSMModel
import ServiceKit
import Storage
import Wire

/// Detaches labels from a version of a parameter.
///
/// Source: API_UnlabelParameterVersion in the Systems Manager API Reference.
struct UnlabelParameterVersion: OperationHandler {
    static let operation = SSMAPI.unlabelParameterVersion
    let database: any Database

    func access(
        for input: UnlabelParameterVersionRequest, in context: RequestContext
    ) -> [AccessRequest] {
        ParameterAccess(database: database)
            .requests("ssm:UnlabelParameterVersion", on: [input.name], in: context)
    }

    func handle(
        _ input: UnlabelParameterVersionRequest, in context: RequestContext
    ) async throws -> UnlabelParameterVersionResult {
        let place = ParameterPlace(input.name, in: context)
        return try await database.write { transaction in
            guard let latest = try transaction.latest(place) else {
                throw SSMFailure.notFound(input.name)
            }
            guard try transaction.version(input.parameterVersion, of: place) != nil else {
                throw SSMFailure.versionNotFound(input.parameterVersion, of: latest.name)
            }
            var (removed, invalid): ([String], [String]) = ([], [])
            for label in input.labels {
                let count = try transaction.execute(
                    "DELETE FROM labels WHERE account = ? AND region = ? AND path = ? "
                        + "AND label = ? AND version = ?",
                    place.account, place.region, place.path, label, input.parameterVersion)
                if count == 1 { removed.append(label) } else { invalid.append(label) }
            }
            return UnlabelParameterVersionResult(removedLabels: removed, invalidLabels: invalid)
        }
    }
}
