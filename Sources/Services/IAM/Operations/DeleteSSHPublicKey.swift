import IAMModel
import ServiceKit
import Wire

/// Removes a public key of a user.
///
/// Source: API_DeleteSSHPublicKey in the IAM API Reference.
struct DeleteSSHPublicKey: OperationHandler {
    static let operation = IAMAPI.deleteSSHPublicKey
    let store: IAMStore

    func access(
        for input: DeleteSSHPublicKeyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("DeleteSSHPublicKey", to: .user(input.userName), in: context)
    }

    func handle(
        _ input: DeleteSSHPublicKeyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.set(
            status: nil, of: EntityReference(.sshKey, input.sshPublicKeyId),
            user: input.userName, context.account)
        return EmptyStructure()
    }
}
