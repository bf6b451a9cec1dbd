import LambdaModel
import ServiceKit

/// Tells a version of a layer, and where its content can be downloaded.
///
/// Source: API_GetLayerVersion.
struct GetLayerVersion: OperationHandler {
    static let operation = LambdaAPI.getLayerVersion
    let layers: LayerStore

    func access(
        for input: GetLayerVersionRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let key = try LayerKey(input.layerName, in: context)
        return [.layer("GetLayerVersion", key, input.versionNumber, in: layers)]
    }

    func handle(
        _ input: GetLayerVersionRequest, in context: RequestContext
    ) async throws -> GetLayerVersionResponse {
        let key = try LayerKey(input.layerName, in: context)
        let version = try await layers.existing(input.versionNumber, of: key)
        return version.model(
            at: FunctionCodeSite.url(of: version.code, in: context.region, at: context.origin))
    }
}
