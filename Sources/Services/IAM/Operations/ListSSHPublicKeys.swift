import IAMModel
import ServiceKit
import Wire

/// Lists the public keys of a user, of the caller where none is named.
///
/// Source: API_ListSSHPublicKeys in the IAM API Reference.
struct ListSSHPublicKeys: OperationHandler {
    static let operation = IAMAPI.listSSHPublicKeys
    let store: IAMStore

    func access(
        for input: ListSSHPublicKeysRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let name = try context.userName(or: input.userName)
        return try await store.access("ListSSHPublicKeys", to: .user(name), in: context)
    }

    func handle(
        _ input: ListSSHPublicKeysRequest, in context: RequestContext
    ) async throws -> ListSSHPublicKeysResponse {
        let keys = try await store.credentials(
            .sshKey, of: context.userName(or: input.userName), context.account)
        return ListSSHPublicKeysResponse(
            sshPublicKeys: keys.map {
                SSHPublicKeyMetadata(
                    userName: $0.detail("user") ?? "", sshPublicKeyId: $0.name,
                    status: $0.detail("status") ?? "Active", uploadDate: $0.created)
            }, isTruncated: false)
    }
}
