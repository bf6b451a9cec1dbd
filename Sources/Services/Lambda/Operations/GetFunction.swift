import LambdaModel
import ServiceKit

/// Tells a function's configuration, tags, and where its code can be downloaded.
///
/// Source: API_GetFunction.
struct GetFunction: OperationHandler {
    static let operation = LambdaAPI.getFunction
    let functions: FunctionStore

    func access(
        for input: GetFunctionRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        return [.function("GetFunction", reference, in: functions)]
    }

    func handle(
        _ input: GetFunctionRequest, in context: RequestContext
    ) async throws -> GetFunctionResponse {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        let version = try await functions.version(reference)
        let tags = try await functions.tags(of: reference.key)
        let reserved = try await functions.reservedConcurrency(of: reference.key)
        return GetFunctionResponse(
            configuration: version.configuration(qualifier: reference.qualifier),
            code: FunctionCodeLocation(
                repositoryType: "S3",
                location: FunctionCodeSite.url(
                    of: version.code, in: context.region, at: context.origin)),
            tags: tags.isEmpty ? nil : tags,
            concurrency: reserved.map { Concurrency(reservedConcurrentExecutions: $0) })
    }
}
