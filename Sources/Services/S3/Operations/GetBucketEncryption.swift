import S3Model
import ServiceKit
import Wire

/// Answers how new objects of a bucket are encrypted.
struct GetBucketEncryption: OperationHandler {
    static let operation = S3API.getBucketEncryption
    let store: S3Store

    func access(for input: GetBucketEncryptionRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetEncryptionConfiguration", to: input.bucket)]
    }

    func handle(_ input: GetBucketEncryptionRequest, in context: RequestContext) async throws
        -> GetBucketEncryptionOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let found: ServerSideEncryptionConfiguration? = try await store.setting(
            .encryption, of: bucket)
        return GetBucketEncryptionOutput(
            serverSideEncryptionConfiguration: found ?? .standard)
    }
}
