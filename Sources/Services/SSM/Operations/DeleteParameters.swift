import Jobs
import SSMModel
import ServiceKit
import Storage
import Wire

/// Deletes up to ten parameters. Names of what is not there are told apart and are no error.
///
/// Source: API_DeleteParameters in the Systems Manager API Reference.
struct DeleteParameters: OperationHandler {
    static let operation = SSMAPI.deleteParameters
    let database: any Database
    let jobs: JobQueue

    func access(for input: DeleteParametersRequest, in context: RequestContext) -> [AccessRequest] {
        ParameterAccess(database: database)
            .requests("ssm:DeleteParameters", on: input.names, in: context)
    }

    func handle(
        _ input: DeleteParametersRequest, in context: RequestContext
    ) async throws -> DeleteParametersResult {
        try await database.write { [jobs] transaction in
            var (deleted, invalid): ([String], [String]) = ([], [])
            for name in input.names {
                let place = ParameterPlace(name, in: context)
                if try transaction.delete(place) {
                    try ParameterExpiration.set(nil, for: place, on: jobs, in: transaction)
                    deleted.append(name)
                } else {
                    invalid.append(name)
                }
            }
            return DeleteParametersResult(deletedParameters: deleted, invalidParameters: invalid)
        }
    }
}
