import S3Model
import ServiceKit
import Wire

/// Says what of a bucket is replicated where.
struct PutBucketReplication: OperationHandler {
    static let operation = S3API.putBucketReplication
    let store: S3Store

    func access(for input: PutBucketReplicationRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutReplicationConfiguration", to: input.bucket)]
    }

    func handle(_ input: PutBucketReplicationRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        try await store.check(input.replicationConfiguration, of: bucket)
        try await store.set(.replication, input.replicationConfiguration, of: bucket)
        return EmptyStructure()
    }
}
