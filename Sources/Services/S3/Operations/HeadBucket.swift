import HTTPTypes
import S3Model
import ServiceKit
import Wire

/// Tells whether a bucket is there, and its region.
struct HeadBucket: OperationHandler {
    static let operation = S3API.headBucket
    let store: S3Store

    func access(for input: HeadBucketRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:ListBucket", to: input.bucket)]
    }

    func handle(_ input: HeadBucketRequest, in context: RequestContext) async throws
        -> HeadBucketOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        return HeadBucketOutput(
            bucketArn: bucket.arn, bucketRegion: bucket.region, accessPointAlias: false)
    }
}
