import LambdaModel
import ServiceKit

/// Gives a function other code. The next event runs it; events under way end with the code that they began with.
///
/// Source: API_UpdateFunctionCode.
struct UpdateFunctionCode: OperationHandler {
    static let operation = LambdaAPI.updateFunctionCode
    static let requestLimitBytes = LambdaLimits.codeRequestBytes
    let functions: FunctionStore
    let code: CodeStore
    let sources: CodeSources
    let deployments: FunctionDeployments

    func access(
        for input: UpdateFunctionCodeRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        return [.function("UpdateFunctionCode", reference, in: functions)]
    }

    func handle(
        _ input: UpdateFunctionCodeRequest, in context: RequestContext
    ) async throws -> FunctionConfiguration {
        let key = try FunctionReference(input.functionName, in: context).key
        try UnservedFeatures.refuse(in: input)
        let current = try await functions.version(FunctionReference(key: key))
        try FunctionStore.check(input.revisionId, is: current.revisionID)
        let location = try CodeLocation(input)
        try await checkSigning(of: key)
        let zip = try await sources.zip(location, in: context)
        let directory = try sources.directory(location)
        if input.dryRun == true { return try await preview(zip, location, of: current, input) }
        let package = try await code.save(zip, from: location, for: "UpdateFunctionCode")
        let (before, after): (FunctionVersion, FunctionVersion)
        do {
            try LayerUse.check(current.settings.layers, with: package)
            (before, after) = try await functions.update(
                key, revision: input.revisionId, at: context.time
            ) { version in
                version.code = package
                version.settings.sourceDirectory = directory
                version.settings.architecture =
                    input.architectures?.first
                    ?? version.settings.architecture
            }
        } catch {
            await code.discard(package)
            throw error
        }
        await deployments.retire(before)
        if try await functions.code(blob: before.code.blob) == nil {
            await code.discard(before.code)
        }
        guard input.publish == true else { return after.configuration() }
        let published = try await functions.publish(key, at: context.time).version
        return published.configuration(qualifier: published.version)
    }

    private func checkSigning(of key: FunctionKey) async throws {
        guard let id = try await functions.codeSigningID(of: key) else { return }
        try await functions.codeSigning(id, account: key.account, region: key.region)?
            .checkUnsignedCode()
    }

    /// What the function would be.
    private func preview(
        _ zip: [UInt8], _ location: CodeLocation, of version: FunctionVersion,
        _ input: UpdateFunctionCodeRequest
    ) async throws -> FunctionConfiguration {
        var version = version
        let (digest, size) = try await code.check(
            zip, from: location, for: "UpdateFunctionCode")
        version.code = CodePackage(
            blob: version.code.blob, digest: digest, size: zip.count, unzippedSize: size)
        version.settings.architecture = input.architectures?.first ?? version.settings.architecture
        return version.configuration()
    }
}
