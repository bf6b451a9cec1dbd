import IAMModel
import ServiceKit
import Wire

/// Tells when an access key was used last, and for what.
///
/// Source: API_GetAccessKeyLastUsed in the IAM API Reference.
struct GetAccessKeyLastUsed: OperationHandler {
    static let operation = IAMAPI.getAccessKeyLastUsed
    let store: IAMStore
    let uses: KeyUses

    func access(
        for input: GetAccessKeyLastUsedRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let user = try await store.accessKey(input.accessKeyId)?.user ?? "*"
        return try await store.access("GetAccessKeyLastUsed", to: .user(user), in: context)
    }

    func handle(
        _ input: GetAccessKeyLastUsedRequest, in context: RequestContext
    ) async throws -> GetAccessKeyLastUsedResponse {
        guard let key = try await store.accessKey(input.accessKeyId),
            key.account == context.account
        else {
            throw IAMError.noSuchEntityException(
                "The Access Key with id \(input.accessKeyId) cannot be found.")
        }
        let use = uses.latest(of: key.id) ?? key.lastUse
        return GetAccessKeyLastUsedResponse(
            userName: key.user,
            accessKeyLastUsed: AccessKeyLastUsed(
                lastUsedDate: use?.time, serviceName: use?.service ?? "N/A",
                region: use?.region ?? "N/A"))
    }
}
