import S3Model
import ServiceKit
import Wire

/// Lists the objects of a bucket, the first way.
struct ListObjects: OperationHandler {
    static let operation = S3API.listObjects
    let store: S3Store

    func access(for input: ListObjectsRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        let keys = S3Store.listingKeys(
            prefix: input.prefix, delimiter: input.delimiter, maxKeys: input.maxKeys)
        return [try await store.access(context, "s3:ListBucket", to: input.bucket, keys)]
    }

    func handle(_ input: ListObjectsRequest, in context: RequestContext) async throws
        -> ListObjectsOutput
    {
        let limit = try PageSize.checked(input.maxKeys, "maxKeys")
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let marker = input.marker.flatMap { $0.isEmpty ? nil : Array($0.utf8) }
        let delimiter = input.delimiter.flatMap { $0.isEmpty ? nil : $0 }
        let withRestoreStatus = input.optionalObjectAttributes?.contains("RestoreStatus") == true
        let page = try await store.list(
            ListingQuery(
                prefix: Array((input.prefix ?? "").utf8), delimiter: Array((delimiter ?? "").utf8),
                after: marker, withDetails: withRestoreStatus,
                limit: limit), in: bucket)
        let encoding = ListingEncoding(input.encodingType)
        return ListObjectsOutput(
            isTruncated: page.isTruncated, marker: encoding(input.marker ?? ""),
            nextMarker: delimiter == nil ? nil : page.next.map { encoding($0.key) },
            contents: page.entries.map {
                encoding.object(
                    $0.object, owner: $0.object.owner(in: bucket),
                    withRestoreStatus: withRestoreStatus)
            }, name: bucket.name, prefix: encoding(input.prefix ?? ""),
            delimiter: delimiter.map { encoding($0) }, maxKeys: limit,
            commonPrefixes: encoding.prefixes(page.commonPrefixes),
            encodingType: input.encodingType)
    }
}
