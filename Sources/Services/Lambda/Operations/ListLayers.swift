import LambdaModel
import ServiceKit

/// Lists layers by name, each with its newest version, a page at a time.
///
/// Source: API_ListLayers.
struct ListLayers: OperationHandler {
    static let operation = LambdaAPI.listLayers
    let layers: LayerStore

    func access(
        for input: ListLayersRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("lambda:ListLayers")]
    }

    func handle(
        _ input: ListLayersRequest, in context: RequestContext
    ) async throws -> ListLayersResponse {
        let size = min(input.maxItems ?? LambdaLimits.pageSize, LambdaLimits.pageSize)
        let versions = try await layers.all(
            account: context.account, region: context.region,
            after: try PageMarker.name(input.marker))
        var found: [LayerVersion] = []
        for version in versions
        where found.last?.key != version.key
            && version.matches(
                runtime: input.compatibleRuntime, architecture: input.compatibleArchitecture)
        { found.append(version) }
        let page = found.prefix(size)
        return ListLayersResponse(
            nextMarker: found.count > size ? page.last.map { PageMarker.after($0.key.name) } : nil,
            layers: page.map { version in
                LayersListItem(
                    layerName: version.key.name, layerArn: version.key.arn,
                    latestMatchingVersion: version.listed)
            })
    }
}
