import LambdaModel
import ServiceKit

/// Lists the aliases of a function by name, a page at a time.
///
/// Source: API_ListAliases.
struct ListAliases: OperationHandler {
    static let operation = LambdaAPI.listAliases
    let functions: FunctionStore

    func access(
        for input: ListAliasesRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        return [.function("ListAliases", reference, in: functions)]
    }

    func handle(
        _ input: ListAliasesRequest, in context: RequestContext
    ) async throws -> ListAliasesResponse {
        let key = try FunctionReference(input.functionName, in: context).key
        let size = min(input.maxItems ?? LambdaLimits.pageSize, LambdaLimits.pageSize)
        let found = try await functions.aliases(
            of: key, version: input.functionVersion, after: try PageMarker.name(input.marker),
            limit: size + 1)
        let page = found.prefix(size)
        return ListAliasesResponse(
            nextMarker: found.count > size ? page.last.map { PageMarker.after($0.name) } : nil,
            aliases: page.map(\.configuration))
    }
}
