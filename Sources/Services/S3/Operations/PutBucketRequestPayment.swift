import S3Model
import ServiceKit
import Wire

/// Says who pays for requests.
struct PutBucketRequestPayment: OperationHandler {
    static let operation = S3API.putBucketRequestPayment
    let store: S3Store

    func access(for input: PutBucketRequestPaymentRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutBucketRequestPayment", to: input.bucket)]
    }

    func handle(_ input: PutBucketRequestPaymentRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        try await store.set(.requestPayment, input.requestPaymentConfiguration, of: bucket)
        return EmptyStructure()
    }
}
