import LambdaModel
import ServiceKit

/// Lists mappings, of a function or a source where one is named, a page at a time.
///
/// Source: API_ListEventSourceMappings.
struct ListEventSourceMappings: OperationHandler {
    static let operation = LambdaAPI.listEventSourceMappings
    let mappings: MappingStore

    func access(
        for input: ListEventSourceMappingsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("lambda:ListEventSourceMappings")]
    }

    func handle(
        _ input: ListEventSourceMappingsRequest, in context: RequestContext
    ) async throws -> ListEventSourceMappingsResponse {
        let size = min(input.maxItems ?? LambdaLimits.mappingPageSize, LambdaLimits.mappingPageSize)
        let found = try await mappings.list(
            account: context.account, region: context.region,
            function: try input.functionName.map { try FunctionReference($0, in: context) },
            sourceARN: input.eventSourceArn, after: try PageMarker.name(input.marker),
            limit: size + 1)
        let page = found.prefix(size)
        return ListEventSourceMappingsResponse(
            nextMarker: found.count > size ? page.last.map { PageMarker.after($0.uuid) } : nil,
            eventSourceMappings: page.map { $0.model() })
    }
}
