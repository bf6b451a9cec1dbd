import LambdaModel
import ServiceKit

/// Tells a version of a layer by its ARN.
///
/// Source: API_GetLayerVersionByArn.
struct GetLayerVersionByArn: OperationHandler {
    static let operation = LambdaAPI.getLayerVersionByArn
    let layers: LayerStore

    func access(
        for input: GetLayerVersionByArnRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let (key, number) = try LayerKey.version(arn: input.arn)
        return [.layer("GetLayerVersion", key, number, in: layers)]
    }

    func handle(
        _ input: GetLayerVersionByArnRequest, in context: RequestContext
    ) async throws -> GetLayerVersionResponse {
        let (key, number) = try LayerKey.version(arn: input.arn)
        let version = try await layers.existing(number, of: key)
        return version.model(
            at: FunctionCodeSite.url(of: version.code, in: context.region, at: context.origin))
    }
}
