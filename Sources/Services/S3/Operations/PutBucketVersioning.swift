import S3Model
import ServiceKit
import Wire

/// Says whether a bucket keeps old versions.
struct PutBucketVersioning: OperationHandler {
    static let operation = S3API.putBucketVersioning
    let store: S3Store

    func access(for input: PutBucketVersioningRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutBucketVersioning", to: input.bucket)]
    }

    func handle(_ input: PutBucketVersioningRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        if input.versioningConfiguration.mfaDelete == "Enabled" {
            throw S3Failure.notServed("MFA delete")
        }
        guard let status = input.versioningConfiguration.status,
            let versioning = BucketRecord.Versioning(rawValue: status)
        else {
            throw AWSError(
                "IllegalVersioningConfigurationException",
                "The Versioning element must be specified", status: 400)
        }
        try await store.update(bucket) { bucket in
            if versioning == .suspended, bucket.hasLocks {
                throw AWSError(
                    "InvalidBucketState",
                    "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
                    status: 409)
            }
            bucket.versioning = versioning
        }
        return EmptyStructure()
    }
}
