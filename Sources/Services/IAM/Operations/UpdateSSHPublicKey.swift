import IAMModel
import ServiceKit
import Wire

/// Makes a public key of a user active or inactive.
///
/// Source: API_UpdateSSHPublicKey in the IAM API Reference.
struct UpdateSSHPublicKey: OperationHandler {
    static let operation = IAMAPI.updateSSHPublicKey
    let store: IAMStore

    func access(
        for input: UpdateSSHPublicKeyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("UpdateSSHPublicKey", to: .user(input.userName), in: context)
    }

    func handle(
        _ input: UpdateSSHPublicKeyRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        try await store.set(
            status: input.status, of: EntityReference(.sshKey, input.sshPublicKeyId),
            user: input.userName, context.account)
        return EmptyStructure()
    }
}
