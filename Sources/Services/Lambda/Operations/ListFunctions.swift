import LambdaModel
import ServiceKit

/// Lists functions by name, a page at a time.
///
/// Source: API_ListFunctions.
struct ListFunctions: OperationHandler {
    static let operation = LambdaAPI.listFunctions
    let functions: FunctionStore

    func access(
        for input: ListFunctionsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("lambda:ListFunctions")]
    }

    func handle(
        _ input: ListFunctionsRequest, in context: RequestContext
    ) async throws -> ListFunctionsResponse {
        let size = min(input.maxItems ?? LambdaLimits.pageSize, LambdaLimits.pageSize)
        let found = try await functions.list(
            account: context.account, region: context.region,
            after: try PageMarker.name(input.marker), limit: size + 1)
        let page = found.prefix(size)
        let qualifier = input.functionVersion == "ALL" ? FunctionVersion.latest : nil
        return ListFunctionsResponse(
            nextMarker: found.count > size ? page.last.map { PageMarker.after($0.key.name) } : nil,
            functions: page.map { $0.listed(qualifier: qualifier) })
    }
}
