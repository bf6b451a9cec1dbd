import LambdaModel
import Platform
import ServiceKit
import Wire

/// Makes a function. It is active at once: its code is unpacked before the answer.
///
/// Source: API_CreateFunction.
struct CreateFunction: OperationHandler {
    static let operation = LambdaAPI.createFunction
    static let requestLimitBytes = LambdaLimits.codeRequestBytes
    let functions: FunctionStore
    let layers: LayerStore
    let code: CodeStore
    let sources: CodeSources
    let roles: FunctionRole
    let deployments: FunctionDeployments
    let randomness: any Randomness

    static func error(for violations: [ConstraintViolation]) -> AWSError? {
        LambdaRefusal.unknownRuntime(violations)
    }

    func access(
        for input: CreateFunctionRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        var keys: [String: [String]] = [:]
        keys["lambda:Layer"] = input.layers
        keys["lambda:CodeSigningConfigArn"] = input.codeSigningConfigArn.map { [$0] }
        return [
            AccessRequest(
                "lambda:CreateFunction", on: reference.key.arn, conditionKeys: keys),
            .passRole(input.role),
        ] + AccessRequest.layers(input.layers, in: layers)
    }

    func handle(
        _ input: CreateFunctionRequest, in context: RequestContext
    ) async throws -> FunctionConfiguration {
        let key = try newKey(input.functionName, in: context)
        var settings = try FunctionSettings(
            input, layers: try await layers.resolve(input.layers ?? [], for: key))
        let tags = input.tags ?? [:]
        try Tags.validate(tags)
        let location = try CodeLocation(input.code)
        settings.sourceDirectory = try sources.directory(location)
        let signing = try await codeSigning(input.codeSigningConfigArn, in: context)
        let zip = try await sources.zip(location, in: context)
        try await roles.check(settings.role, for: key, in: context)
        let package = try await code.save(zip, from: location, for: "CreateFunction")
        let version = FunctionVersion(
            key: key, version: FunctionVersion.latest, revisionID: randomness.uuid(),
            deploymentID: randomness.uuid(), code: package, settings: settings,
            modified: context.time)
        do {
            try LayerUse.check(settings.layers, with: package)
            try await functions.create(version, tags: tags, codeSigningConfig: signing)
        } catch {
            await code.discard(package)
            throw error
        }
        deployments.expect(version)
        guard input.publish == true else { return version.configuration() }
        return try await functions.publish(key, at: context.time).version.configuration()
    }

    /// The identifier of the configuration that the function is to have.
    private func codeSigning(
        _ arn: String?, in context: RequestContext
    ) async throws -> String? {
        guard let arn, !arn.isEmpty else { return nil }
        let id = try CodeSigning.id(arn, in: context)
        let config = try await functions.codeSigning(
            id, account: context.account, region: context.region)
        guard let config else { throw CodeSigning.notFound(arn) }
        try config.checkUnsignedCode()
        return id
    }

    private func newKey(_ name: String, in context: RequestContext) throws -> FunctionKey {
        let reference = try FunctionReference(name, in: context)
        guard reference.key.name.utf8.count <= LambdaLimits.nameCharacters else {
            throw LambdaRefusal.validation(
                name, at: "functionName",
                "Member must have length less than or equal to \(LambdaLimits.nameCharacters)")
        }
        guard reference.qualifier == nil, reference.key.account == context.account else {
            throw LambdaRefusal.invalidParameter(
                "The function name must name a function of this account, without a qualifier.")
        }
        return reference.key
    }
}
