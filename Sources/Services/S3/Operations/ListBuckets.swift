import S3Model
import ServiceKit
import Wire

/// Lists the caller's buckets.
struct ListBuckets: OperationHandler {
    static let operation = S3API.listBuckets
    let store: S3Store

    func access(for input: ListBucketsRequest, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("s3:ListAllMyBuckets")]
    }

    func handle(_ input: ListBucketsRequest, in context: RequestContext) async throws
        -> ListBucketsOutput
    {
        guard context.principal != .anonymous else { throw S3Failure.accessDenied }
        if let maximum = input.maxBuckets, !(1...S3Limits.pageBuckets).contains(maximum) {
            throw S3Failure.argument(
                "Argument max-buckets must be an integer between 1 and 10000", "max-buckets",
                String(maximum))
        }
        let after = try input.continuationToken.map(ContinuationToken.decode)
        let limit = input.maxBuckets ?? S3Limits.pageBuckets
        var buckets = try await store.buckets(
            of: context.account, prefix: input.prefix, region: input.bucketRegion,
            after: after.map(ObjectKey.text), limit: limit + 1)
        let isTruncated = buckets.count > limit
        if isTruncated { buckets.removeLast() }
        let isPaged = input.maxBuckets != nil || input.continuationToken != nil
        return ListBucketsOutput(
            buckets: buckets.map { bucket in
                Bucket(
                    name: bucket.name, creationDate: bucket.created,
                    bucketRegion: isPaged || input.bucketRegion != nil || input.prefix != nil
                        ? bucket.region : nil)
            },
            owner: CanonicalUser.owner(context.account),
            continuationToken: isTruncated
                ? buckets.last.map { ContinuationToken.encode(Array($0.name.utf8)) } : nil,
            prefix: input.prefix)
    }
}
