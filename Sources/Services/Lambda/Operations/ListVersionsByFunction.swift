import LambdaModel
import ServiceKit

/// Lists the versions of a function, a page at a time.
///
/// Source: API_ListVersionsByFunction.
struct ListVersionsByFunction: OperationHandler {
    static let operation = LambdaAPI.listVersionsByFunction
    let functions: FunctionStore

    func access(
        for input: ListVersionsByFunctionRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        return [.function("ListVersionsByFunction", reference, in: functions)]
    }

    func handle(
        _ input: ListVersionsByFunctionRequest, in context: RequestContext
    ) async throws -> ListVersionsByFunctionResponse {
        let key = try FunctionReference(input.functionName, in: context).key
        let size = min(input.maxItems ?? LambdaLimits.pageSize, LambdaLimits.pageSize)
        let found = try await functions.versions(
            of: key, from: Int(try PageMarker.name(input.marker)) ?? 0, limit: size + 1)
        return ListVersionsByFunctionResponse(
            nextMarker: found.count > size ? found.last.map { PageMarker.after($0.version) } : nil,
            versions: found.prefix(size).map { $0.listed(qualifier: $0.version) })
    }
}
