import IAMModel
import ServiceKit
import Wire

/// Lists the access keys of a user, of the caller where none is named.
///
/// Source: API_ListAccessKeys in the IAM API Reference.
struct ListAccessKeys: OperationHandler {
    static let operation = IAMAPI.listAccessKeys
    let store: IAMStore

    func access(
        for input: ListAccessKeysRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let name = try context.userName(or: input.userName)
        return try await store.access("ListAccessKeys", to: .user(name), in: context)
    }

    func handle(
        _ input: ListAccessKeysRequest, in context: RequestContext
    ) async throws -> ListAccessKeysResponse {
        let (user, account) = (try context.userName(or: input.userName), context.account)
        let keys = try await store.read { transaction in
            if !user.isEmpty {
                _ = try IAMStore.entity(.user(user), of: account, in: transaction)
            }
            return try IAMStore.accessKeys(of: user, of: account, in: transaction)
        }
        return ListAccessKeysResponse(
            accessKeyMetadata: keys.map {
                AccessKeyMetadata(
                    userName: user, accessKeyId: $0.id, status: $0.status, createDate: $0.created)
            }, isTruncated: false)
    }
}
