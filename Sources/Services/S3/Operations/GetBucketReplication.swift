import S3Model
import ServiceKit
import Wire

/// Answers what of a bucket is replicated where.
struct GetBucketReplication: OperationHandler {
    static let operation = S3API.getBucketReplication
    let store: S3Store

    func access(for input: GetBucketReplicationRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetReplicationConfiguration", to: input.bucket)]
    }

    func handle(_ input: GetBucketReplicationRequest, in context: RequestContext) async throws
        -> GetBucketReplicationOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        guard
            let found: ReplicationConfiguration = try await store.setting(.replication, of: bucket)
        else {
            throw S3Failure.missing(
                "ReplicationConfigurationNotFoundError",
                "The replication configuration was not found", bucket.name)
        }
        return GetBucketReplicationOutput(replicationConfiguration: found)
    }
}
