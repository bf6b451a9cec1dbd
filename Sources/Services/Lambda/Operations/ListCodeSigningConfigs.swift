import LambdaModel
import ServiceKit

/// Lists code signing configurations, a page at a time.
///
/// Source: API_ListCodeSigningConfigs.
struct ListCodeSigningConfigs: OperationHandler {
    static let operation = LambdaAPI.listCodeSigningConfigs
    let functions: FunctionStore

    func access(
        for input: ListCodeSigningConfigsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("lambda:ListCodeSigningConfigs")]
    }

    func handle(
        _ input: ListCodeSigningConfigsRequest, in context: RequestContext
    ) async throws -> ListCodeSigningConfigsResponse {
        let size = min(input.maxItems ?? LambdaLimits.pageSize, LambdaLimits.pageSize)
        let found = try await functions.codeSignings(
            account: context.account, region: context.region,
            after: try PageMarker.name(input.marker), limit: size + 1)
        let page = found.prefix(size)
        return ListCodeSigningConfigsResponse(
            nextMarker: found.count > size ? page.last.map { PageMarker.after($0.id) } : nil,
            codeSigningConfigs: page.map(\.model))
    }
}
