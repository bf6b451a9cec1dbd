import LambdaModel
import ServiceKit
import Wire

/// Adds a statement to the policy of a version of a layer.
///
/// Source: API_AddLayerVersionPermission.
struct AddLayerVersionPermission: OperationHandler {
    static let operation = LambdaAPI.addLayerVersionPermission
    let layers: LayerStore

    func access(
        for input: AddLayerVersionPermissionRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let key = try LayerKey(input.layerName, in: context)
        return [.layer("AddLayerVersionPermission", key, input.versionNumber, in: layers)]
    }

    func handle(
        _ input: AddLayerVersionPermissionRequest, in context: RequestContext
    ) async throws -> AddLayerVersionPermissionResponse {
        let key = try LayerKey(input.layerName, in: context)
        let statement = try PermissionStatement(input, on: key.arn(version: input.versionNumber))
        let version = try await layers.changePolicy(
            input.versionNumber, of: key, revision: input.revisionId
        ) { try $0.add(statement) }
        return AddLayerVersionPermissionResponse(
            statement: statement.document.jsonText, revisionId: version.revisionID)
    }
}
