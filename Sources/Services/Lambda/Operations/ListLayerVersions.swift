import LambdaModel
import ServiceKit

/// Lists the versions of a layer, the newest first, a page at a time.
///
/// Source: API_ListLayerVersions.
struct ListLayerVersions: OperationHandler {
    static let operation = LambdaAPI.listLayerVersions
    let layers: LayerStore

    func access(
        for input: ListLayerVersionsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("lambda:ListLayerVersions")]
    }

    func handle(
        _ input: ListLayerVersionsRequest, in context: RequestContext
    ) async throws -> ListLayerVersionsResponse {
        let key = try LayerKey(input.layerName, in: context)
        let size = min(input.maxItems ?? LambdaLimits.pageSize, LambdaLimits.pageSize)
        let marker = try PageMarker.name(input.marker)
        let found = try await layers.versions(of: key, before: Int(marker) ?? .max, limit: .max)
            .filter {
                $0.matches(
                    runtime: input.compatibleRuntime, architecture: input.compatibleArchitecture)
            }
        let page = found.prefix(size)
        return ListLayerVersionsResponse(
            nextMarker: found.count > size
                ? page.last.map { PageMarker.after("\($0.number)") } : nil,
            layerVersions: page.map(\.listed))
    }
}
