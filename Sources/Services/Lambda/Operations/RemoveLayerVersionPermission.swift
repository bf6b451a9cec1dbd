import LambdaModel
import ServiceKit
import Wire

/// Takes a statement out of the policy of a version of a layer.
///
/// Source: API_RemoveLayerVersionPermission.
struct RemoveLayerVersionPermission: OperationHandler {
    static let operation = LambdaAPI.removeLayerVersionPermission
    let layers: LayerStore

    func access(
        for input: RemoveLayerVersionPermissionRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let key = try LayerKey(input.layerName, in: context)
        return [.layer("RemoveLayerVersionPermission", key, input.versionNumber, in: layers)]
    }

    func handle(
        _ input: RemoveLayerVersionPermissionRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let key = try LayerKey(input.layerName, in: context)
        _ = try await layers.changePolicy(
            input.versionNumber, of: key, revision: input.revisionId
        ) { try $0.remove(input.statementId) }
        return EmptyStructure()
    }
}
