import Jobs
import SSMModel
import ServiceKit
import Storage
import Wire

/// Deletes a parameter with all its versions.
///
/// Source: API_DeleteParameter in the Systems Manager API Reference.
struct DeleteParameter: OperationHandler {
    static let operation = SSMAPI.deleteParameter
    let database: any Database
    let jobs: JobQueue

    func access(for input: DeleteParameterRequest, in context: RequestContext) -> [AccessRequest] {
        ParameterAccess(database: database)
            .requests("ssm:DeleteParameter", on: [input.name], in: context)
    }

    func handle(
        _ input: DeleteParameterRequest, in context: RequestContext
    ) async throws -> DeleteParameterResult {
        let place = ParameterPlace(input.name, in: context)
        try await database.write { [jobs] transaction in
            guard try transaction.delete(place) else { throw SSMFailure.notFound(input.name) }
            try ParameterExpiration.set(nil, for: place, on: jobs, in: transaction)
        }
        return DeleteParameterResult()
    }
}
