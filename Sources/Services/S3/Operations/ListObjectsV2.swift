import S3Model
import ServiceKit
import Wire

/// Lists the objects of a bucket.
struct ListObjectsV2: OperationHandler {
    static let operation = S3API.listObjectsV2
    let store: S3Store

    func access(for input: ListObjectsV2Request, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        let keys = S3Store.listingKeys(
            prefix: input.prefix, delimiter: input.delimiter, maxKeys: input.maxKeys)
        return [try await store.access(context, "s3:ListBucket", to: input.bucket, keys)]
    }

    func handle(_ input: ListObjectsV2Request, in context: RequestContext) async throws
        -> ListObjectsV2Output
    {
        let limit = try PageSize.checked(input.maxKeys, "maxKeys")
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let delimiter = input.delimiter.flatMap { $0.isEmpty ? nil : $0 }
        let token = try input.continuationToken.map(ContinuationToken.decode)
        let start = input.startAfter.flatMap { $0.isEmpty ? nil : Array($0.utf8) }
        let withRestoreStatus = input.optionalObjectAttributes?.contains("RestoreStatus") == true
        let page = try await store.list(
            ListingQuery(
                prefix: Array((input.prefix ?? "").utf8), delimiter: Array((delimiter ?? "").utf8),
                after: token ?? start, withDetails: withRestoreStatus,
                limit: limit), in: bucket)
        let encoding = ListingEncoding(input.encodingType)
        return ListObjectsV2Output(
            isTruncated: page.isTruncated,
            contents: page.entries.map {
                encoding.object(
                    $0.object, owner: input.fetchOwner == true ? $0.object.owner(in: bucket) : nil,
                    withRestoreStatus: withRestoreStatus)
            }, name: bucket.name, prefix: encoding(input.prefix ?? ""),
            delimiter: delimiter.map { encoding($0) }, maxKeys: limit,
            commonPrefixes: encoding.prefixes(page.commonPrefixes),
            encodingType: input.encodingType, keyCount: page.count,
            continuationToken: input.continuationToken,
            nextContinuationToken: page.next.map { ContinuationToken.encode($0.key) },
            startAfter: input.startAfter.map { encoding($0) })
    }
}
