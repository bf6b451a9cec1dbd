import IAMModel
import Platform
import ServiceKit
import Wire

/// Makes an access key of a user, of the caller where none is named. Its secret is answered this once.
///
/// Source: API_CreateAccessKey in the IAM API Reference.
struct CreateAccessKey: OperationHandler {
    static let operation = IAMAPI.createAccessKey
    let store: IAMStore
    let rootKey: RootKey
    let randomness: any Randomness

    func access(
        for input: CreateAccessKeyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let name = try context.userName(or: input.userName)
        return try await store.access("CreateAccessKey", to: .user(name), in: context)
    }

    func handle(
        _ input: CreateAccessKeyRequest, in context: RequestContext
    ) async throws -> CreateAccessKeyResponse {
        let user = try context.userName(or: input.userName)
        let id = AccessKeyID.make(.lasting, account: context.account, randomness: randomness)
        let secret = randomness.string(40, from: .base64)
        let key = StoredAccessKey(
            id: id, account: context.account, user: user,
            sealedSecret: SecretSeal.seal(secret, of: id, under: rootKey, randomness),
            status: StoredAccessKey.active, created: context.time)
        try await store.create(key)
        return CreateAccessKeyResponse(
            accessKey: AccessKey(
                userName: user, accessKeyId: id, status: key.status, secretAccessKey: secret,
                createDate: key.created))
    }
}
