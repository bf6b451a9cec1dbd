import KMSModel
import ServiceKit
import Storage
import Wire

/// Tells everything about a key but its secret.
///
/// Source: API_DescribeKey in the KMS API Reference.
struct DescribeKey: OperationHandler {
    static let operation = KMSAPI.describeKey
    let keys: KeyDirectory

    func access(
        for input: DescribeKeyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access("kms:DescribeKey", to: input.keyId, in: context)
    }

    func handle(
        _ input: DescribeKeyRequest, in context: RequestContext
    ) async throws -> DescribeKeyResponse {
        let key = try await keys.find(input.keyId, in: context)
        return DescribeKeyResponse(
            keyMetadata: try await keys.store.metadata(of: key, in: context))
    }
}
