import S3Model
import ServiceKit
import Wire

/// Encrypts new objects of a bucket as S3 does by itself.
struct DeleteBucketEncryption: OperationHandler {
    static let operation = S3API.deleteBucketEncryption
    let store: S3Store

    func access(for input: DeleteBucketEncryptionRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutEncryptionConfiguration", to: input.bucket)]
    }

    func handle(_ input: DeleteBucketEncryptionRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        try await store.remove(.encryption, of: bucket)
        return EmptyStructure()
    }
}
