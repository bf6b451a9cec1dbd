import LambdaModel
import ServiceKit

/// Lists the URLs of a function and its aliases, a page at a time.
///
/// Source: API_ListFunctionUrlConfigs.
struct ListFunctionUrlConfigs: OperationHandler {
    static let operation = LambdaAPI.listFunctionUrlConfigs
    let functions: FunctionStore

    func access(
        for input: ListFunctionUrlConfigsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        return [.function("ListFunctionUrlConfigs", reference, in: functions)]
    }

    func handle(
        _ input: ListFunctionUrlConfigsRequest, in context: RequestContext
    ) async throws -> ListFunctionUrlConfigsResponse {
        let reference = try FunctionReference(input.functionName, in: context)
        let size = min(input.maxItems ?? LambdaLimits.pageSize, LambdaLimits.pageSize)
        let found = try await functions.urls(
            of: reference.key, after: try PageMarker.name(input.marker), limit: size + 1)
        let page = found.prefix(size)
        return ListFunctionUrlConfigsResponse(
            functionUrlConfigs: page.map { $0.config(at: context.origin) },
            nextMarker: found.count > size ? page.last.map { PageMarker.after($0.id) } : nil)
    }
}
