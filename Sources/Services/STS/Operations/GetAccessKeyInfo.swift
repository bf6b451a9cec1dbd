import STSModel
import ServiceKit
import Wire

/// Tells the account that an access key belongs to, which stands in the key itself.
///
/// Source: API_GetAccessKeyInfo in the STS API Reference.
struct GetAccessKeyInfo: OperationHandler {
    static let operation = STSAPI.getAccessKeyInfo

    func access(
        for input: GetAccessKeyInfoRequest, in context: RequestContext
    ) async throws -> [AccessRequest] { [AccessRequest("sts:GetAccessKeyInfo")] }

    func handle(
        _ input: GetAccessKeyInfoRequest, in context: RequestContext
    ) async throws -> GetAccessKeyInfoResponse {
        guard let account = AccessKeyID.account(of: input.accessKeyId) else {
            throw AWSError("ValidationError", "Invalid access key: \(input.accessKeyId)")
        }
        return GetAccessKeyInfoResponse(account: account)
    }
}
