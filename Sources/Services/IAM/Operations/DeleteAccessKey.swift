import IAMModel
import ServiceKit
import Wire

/// Removes an access key.
///
/// Source: API_DeleteAccessKey in the IAM API Reference.
struct DeleteAccessKey: OperationHandler {
    static let operation = IAMAPI.deleteAccessKey
    let store: IAMStore

    func access(
        for input: DeleteAccessKeyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let name = try context.userName(or: input.userName)
        return try await store.access("DeleteAccessKey", to: .user(name), in: context)
    }

    func handle(
        _ input: DeleteAccessKeyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.deleteKey(
            input.accessKeyId, of: context.userName(or: input.userName), context.account)
        return EmptyStructure()
    }
}
