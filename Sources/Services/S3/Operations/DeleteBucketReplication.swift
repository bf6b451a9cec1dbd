import S3Model
import ServiceKit
import Wire

/// Replicates a bucket no longer.
struct DeleteBucketReplication: OperationHandler {
    static let operation = S3API.deleteBucketReplication
    let store: S3Store

    func access(for input: DeleteBucketReplicationRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutReplicationConfiguration", to: input.bucket)]
    }

    func handle(_ input: DeleteBucketReplicationRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        try await store.remove(.replication, of: bucket)
        return EmptyStructure()
    }
}
