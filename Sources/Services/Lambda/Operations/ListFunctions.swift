import LambdaModel
import ServiceKit
import Wire

/// Lists functions by name, or all their versions, a page at a time.
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
        let isLatestOnly = input.functionVersion != "ALL"
        let marker = try PageMarker.name(input.marker).parts(at: ":")
        let number = marker.count == 2 ? Int(marker[1]) : nil
        let found = try await functions.list(
            account: context.account, region: context.region,
            after: marker.first.map(String.init) ?? "", number ?? .max,
            isLatestOnly: isLatestOnly, limit: size + 1)
        let page = found.prefix(size)
        let next = page.last.map { PageMarker.after("\($0.key.name):\($0.number)") }
        return ListFunctionsResponse(
            nextMarker: found.count > size ? next : nil,
            functions: page.map { $0.listed(qualifier: isLatestOnly ? nil : $0.version) })
    }
}
