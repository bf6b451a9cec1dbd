import IAMModel
import ServiceKit
import Wire

/// Answers a public key of a user, as it was sent.
///
/// Source: API_GetSSHPublicKey in the IAM API Reference.
struct GetSSHPublicKey: OperationHandler {
    static let operation = IAMAPI.getSSHPublicKey
    let store: IAMStore

    func access(
        for input: GetSSHPublicKeyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("GetSSHPublicKey", to: .user(input.userName), in: context)
    }

    func handle(
        _ input: GetSSHPublicKeyRequest, in context: RequestContext
    ) async throws -> GetSSHPublicKeyResponse {
        guard input.encoding == "SSH" else {
            throw IAMError.unrecognizedPublicKeyEncodingException(
                "Apus answers public keys in the encoding SSH.")
        }
        let key = try await store.entity(
            EntityReference(.sshKey, input.sshPublicKeyId), of: context.account)
        guard key.detail("user") == input.userName else { throw key.kind.missing(key.name) }
        return GetSSHPublicKeyResponse(sshPublicKey: SSHPublicKey(key))
    }
}
