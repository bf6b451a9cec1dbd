import S3Model
import ServiceKit
import Wire

/// Answers who pays for requests.
struct GetBucketRequestPayment: OperationHandler {
    static let operation = S3API.getBucketRequestPayment
    let store: S3Store

    func access(for input: GetBucketRequestPaymentRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetBucketRequestPayment", to: input.bucket)]
    }

    func handle(_ input: GetBucketRequestPaymentRequest, in context: RequestContext) async throws
        -> GetBucketRequestPaymentOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let found: RequestPaymentConfiguration? = try await store.setting(
            .requestPayment, of: bucket)
        return GetBucketRequestPaymentOutput(payer: found?.payer ?? "BucketOwner")
    }
}
