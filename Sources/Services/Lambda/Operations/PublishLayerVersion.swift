import LambdaModel
import ServiceKit

/// Adds the next version of a layer.
///
/// Source: API_PublishLayerVersion.
struct PublishLayerVersion: OperationHandler {
    static let operation = LambdaAPI.publishLayerVersion
    static let requestLimitBytes = LambdaLimits.codeRequestBytes
    let layers: LayerStore
    let code: CodeStore
    let sources: CodeSources

    func access(
        for input: PublishLayerVersionRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let key = try LayerKey(input.layerName, in: context)
        return [AccessRequest("lambda:PublishLayerVersion", on: key.arn)]
    }

    func handle(
        _ input: PublishLayerVersionRequest, in context: RequestContext
    ) async throws -> PublishLayerVersionResponse {
        let key = try LayerKey(input.layerName, in: context)
        guard key.account == context.account, key.region == context.region else {
            throw LambdaRefusal.invalidParameter(
                "A layer of another account or region cannot be published.")
        }
        let location = try CodeLocation(input.content)
        let zip = try await sources.zip(location, in: context)
        let package = try await code.save(zip, from: location, for: "PublishLayerVersion")
        do {
            let version = try await layers.publish(
                package,
                as: LayerVersion.Properties(
                    description: input.description ?? "", license: input.licenseInfo,
                    runtimes: input.compatibleRuntimes,
                    architectures: input.compatibleArchitectures),
                of: key, at: context.time)
            return answer(version, in: context)
        } catch {
            await code.discard(package)
            throw error
        }
    }

    private func answer(
        _ version: LayerVersion, in context: RequestContext
    ) -> PublishLayerVersionResponse {
        let model = version.model(
            at: FunctionCodeSite.url(of: version.code, in: context.region, at: context.origin))
        return PublishLayerVersionResponse(
            content: model.content, layerArn: model.layerArn,
            layerVersionArn: model.layerVersionArn, description: model.description,
            createdDate: model.createdDate, version: model.version,
            compatibleRuntimes: model.compatibleRuntimes, licenseInfo: model.licenseInfo,
            compatibleArchitectures: model.compatibleArchitectures)
    }
}
