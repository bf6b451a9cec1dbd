import LambdaModel
import ServiceKit
import Wire

/// Deletes a version of a layer; functions that have it keep it.
///
/// Source: API_DeleteLayerVersion.
struct DeleteLayerVersion: OperationHandler {
    static let operation = LambdaAPI.deleteLayerVersion
    let layers: LayerStore

    func access(
        for input: DeleteLayerVersionRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let key = try LayerKey(input.layerName, in: context)
        return [.layer("DeleteLayerVersion", key, input.versionNumber, in: layers)]
    }

    func handle(
        _ input: DeleteLayerVersionRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let key = try LayerKey(input.layerName, in: context)
        try LayerKey.check(input.versionNumber)
        try await layers.delete(input.versionNumber, of: key)
        return EmptyStructure()
    }
}
