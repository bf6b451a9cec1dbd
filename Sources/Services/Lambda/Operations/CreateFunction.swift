import LambdaModel
import Platform
import ServiceKit

/// Makes a function. It is active at once: its code is unpacked before the answer.
///
/// Source: API_CreateFunction.
struct CreateFunction: OperationHandler {
    static let operation = LambdaAPI.createFunction
    static let requestLimitBytes = LambdaLimits.codeRequestBytes
    let functions: FunctionStore
    let code: CodeStore
    let roles: FunctionRole
    let randomness: any Randomness

    func access(
        for input: CreateFunctionRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        return [
            AccessRequest("lambda:CreateFunction", on: reference.key.arn), .passRole(input.role),
        ]
    }

    func handle(
        _ input: CreateFunctionRequest, in context: RequestContext
    ) async throws -> FunctionConfiguration {
        let key = try newKey(input.functionName, in: context)
        let settings = try FunctionSettings(input)
        let tags = input.tags ?? [:]
        try Tags.validate(tags)
        let zip = try CodeSource.zipFile(
            input.code.zipFile, s3Bucket: input.code.s3Bucket, s3Key: input.code.s3Key,
            imageURI: input.code.imageUri)
        try await roles.check(settings.role, for: key, in: context)
        let package = try await code.save(zip, for: "CreateFunction")
        let version = FunctionVersion(
            key: key, version: FunctionVersion.latest, revisionID: randomness.uuid(),
            deploymentID: randomness.uuid(), code: package, settings: settings,
            modified: context.time)
        do {
            try await functions.create(version, tags: tags)
        } catch {
            await code.discard(package)
            throw error
        }
        return version.configuration()
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
