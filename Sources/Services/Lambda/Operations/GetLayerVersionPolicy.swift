import LambdaModel
import ServiceKit

/// Tells the policy of a version of a layer.
///
/// Source: API_GetLayerVersionPolicy.
struct GetLayerVersionPolicy: OperationHandler {
    static let operation = LambdaAPI.getLayerVersionPolicy
    let layers: LayerStore

    func access(
        for input: GetLayerVersionPolicyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let key = try LayerKey(input.layerName, in: context)
        return [.layer("GetLayerVersionPolicy", key, input.versionNumber, in: layers)]
    }

    func handle(
        _ input: GetLayerVersionPolicyRequest, in context: RequestContext
    ) async throws -> GetLayerVersionPolicyResponse {
        let key = try LayerKey(input.layerName, in: context)
        guard let version = try await layers.version(input.versionNumber, of: key) else {
            throw LambdaError.resourceNotFoundException.user(
                "Layer version \(key.arn(version: input.versionNumber)) does not exist.")
        }
        guard let policy = ResourcePolicy(statements: version.statements).json else {
            throw LambdaError.resourceNotFoundException.user(
                "No policy is associated with the given resource.")
        }
        return GetLayerVersionPolicyResponse(policy: policy, revisionId: version.revisionID)
    }
}
