import IAMModel
import Platform
import ServiceKit
import Wire

/// Keeps a public key of a user.
///
/// Source: API_UploadSSHPublicKey in the IAM API Reference.
struct UploadSSHPublicKey: OperationHandler {
    static let operation = IAMAPI.uploadSSHPublicKey
    let store: IAMStore
    let randomness: any Randomness

    func access(
        for input: UploadSSHPublicKeyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await store.access("UploadSSHPublicKey", to: .user(input.userName), in: context)
    }

    func handle(
        _ input: UploadSSHPublicKeyRequest, in context: RequestContext
    ) async throws -> UploadSSHPublicKeyResponse {
        let words = input.sshPublicKeyBody.split(separator: " ")
        guard words.count >= 2, words[0].hasPrefix("ssh-") || words[0].hasPrefix("ecdsa-"),
            let bytes = Base64.decode(words[1].utf8)
        else { throw IAMError.invalidPublicKeyException("Invalid public key") }
        var key = Entity(
            account: context.account,
            reference: EntityReference(
                .sshKey, EntityKind.sshKey.idPrefix + randomness.string(17, from: .base32)),
            created: context.time)
        key.document = input.sshPublicKeyBody
        key.details = [
            "user": .string(input.userName), "status": "Active",
            "fingerprint": .string(SSHFingerprint.text(of: bytes)),
        ]
        try await store.add(
            key, toUser: input.userName, limit: IAMLimits.sshKeysPerUser,
            quota: "SSHPublicKeysPerUser")
        return UploadSSHPublicKeyResponse(sshPublicKey: SSHPublicKey(key))
    }
}
