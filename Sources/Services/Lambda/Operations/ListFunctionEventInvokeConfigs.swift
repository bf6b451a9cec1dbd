import LambdaModel
import ServiceKit

/// Lists what is configured for asynchronous events, a page at a time.
///
/// Source: API_ListFunctionEventInvokeConfigs.
struct ListFunctionEventInvokeConfigs: OperationHandler {
    static let operation = LambdaAPI.listFunctionEventInvokeConfigs
    let functions: FunctionStore

    func access(
        for input: ListFunctionEventInvokeConfigsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        return [.function("ListFunctionEventInvokeConfigs", reference, in: functions)]
    }

    func handle(
        _ input: ListFunctionEventInvokeConfigsRequest, in context: RequestContext
    ) async throws -> ListFunctionEventInvokeConfigsResponse {
        let key = try FunctionReference(input.functionName, in: context).key
        let size = min(input.maxItems ?? LambdaLimits.pageSize, LambdaLimits.pageSize)
        let found = try await functions.configs(
            .eventInvoke, of: key, after: try PageMarker.name(input.marker), limit: size + 1)
        let page = found.prefix(size)
        return ListFunctionEventInvokeConfigsResponse(
            functionEventInvokeConfigs: page.map {
                EventInvokeConfig($0.document).model(of: $0.reference, modified: $0.modified)
            },
            nextMarker: found.count > size
                ? page.last.map { PageMarker.after($0.reference.version) } : nil)
    }
}
