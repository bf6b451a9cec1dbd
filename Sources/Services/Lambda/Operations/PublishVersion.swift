import LambdaModel
import ServiceKit

/// Makes a version of `$LATEST` that never changes.
///
/// Source: API_PublishVersion.
struct PublishVersion: OperationHandler {
    static let operation = LambdaAPI.publishVersion
    let functions: FunctionStore

    func access(
        for input: PublishVersionRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        return [.function("PublishVersion", reference, in: functions)]
    }

    func handle(
        _ input: PublishVersionRequest, in context: RequestContext
    ) async throws -> FunctionConfiguration {
        try UnservedFeatures.refuse(in: input)
        let reference = try FunctionReference(input.functionName, in: context)
        let publication = try await functions.publish(
            reference.key, revision: input.revisionId, codeSHA256: input.codeSha256,
            description: input.description, at: context.time)
        return publication.version.configuration(qualifier: publication.version.version)
    }
}
