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
        try FunctionStore.check(input.revisionId, of: current)
        let zip = try CodeSource.zipFile(
            input.zipFile, s3Bucket: input.s3Bucket, s3Key: input.s3Key, imageURI: input.imageUri)
        if input.dryRun == true { return try await preview(zip, of: current, input) }
        let package = try await code.save(zip, for: "UpdateFunctionCode")
        do {
            let (before, after) = try await functions.update(
                key, revision: input.revisionId, at: context.time
            ) { version in
                version.code = package
                version.settings.architecture =
                    input.architectures?.first
                    ?? version.settings.architecture
            }
            await deployments.retire(before)
            await code.discard(before.code)
            return after.configuration()
        } catch {
            await code.discard(package)
            throw error
        }
    }

    /// What the function would be.
    private func preview(
        _ zip: [UInt8], of version: FunctionVersion, _ input: UpdateFunctionCodeRequest
    ) async throws -> FunctionConfiguration {
        var version = version
        let digest = try await code.check(zip, for: "UpdateFunctionCode")
        version.code = CodePackage(blob: version.code.blob, digest: digest, size: zip.count)
        version.settings.architecture = input.architectures?.first ?? version.settings.architecture
        return version.configuration()
    }
}
