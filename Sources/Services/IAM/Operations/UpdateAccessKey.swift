import IAMModel
import ServiceKit
import Wire

/// Makes an access key active or inactive.
///
/// Source: API_UpdateAccessKey in the IAM API Reference.
struct UpdateAccessKey: OperationHandler {
    static let operation = IAMAPI.updateAccessKey
    let store: IAMStore

    func access(
        for input: UpdateAccessKeyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let name = try context.userName(or: input.userName)
        return try await store.access("UpdateAccessKey", to: .user(name), in: context)
    }

    func handle(
        _ input: UpdateAccessKeyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.setStatus(
            input.status, ofKey: input.accessKeyId,
            of: context.userName(or: input.userName), context.account)
        return EmptyStructure()
    }
}
