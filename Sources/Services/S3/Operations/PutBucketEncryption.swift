import S3Model
import ServiceKit
import Wire

/// Says how new objects of a bucket are encrypted.
struct PutBucketEncryption: OperationHandler {
    static let operation = S3API.putBucketEncryption
    let store: S3Store

    func access(for input: PutBucketEncryptionRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutEncryptionConfiguration", to: input.bucket)]
    }

    func handle(_ input: PutBucketEncryptionRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        try BucketEncryption.check(input.serverSideEncryptionConfiguration)
        var configuration = input.serverSideEncryptionConfiguration
        for index in configuration.rules.indices
        where configuration.rules[index].bucketKeyEnabled == nil {
            configuration.rules[index].bucketKeyEnabled = false
        }
        try await store.set(.encryption, configuration, of: bucket)
        return EmptyStructure()
    }
}
