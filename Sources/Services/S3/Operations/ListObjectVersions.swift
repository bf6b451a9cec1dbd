import S3Model
import ServiceKit
import Wire

/// Lists the versions and delete markers of a bucket.
struct ListObjectVersions: OperationHandler {
    static let operation = S3API.listObjectVersions
    let store: S3Store

    func access(for input: ListObjectVersionsRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        let keys = S3Store.listingKeys(
            prefix: input.prefix, delimiter: input.delimiter, maxKeys: input.maxKeys)
        return [try await store.access(context, "s3:ListBucketVersions", to: input.bucket, keys)]
    }

    func handle(_ input: ListObjectVersionsRequest, in context: RequestContext) async throws
        -> ListObjectVersionsOutput
    {
        let limit = try PageSize.checked(input.maxKeys, "maxKeys")
        let (keyMarker, versionMarker) = try Self.markers(input)
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let delimiter = input.delimiter.flatMap { $0.isEmpty ? nil : $0 }
        let withRestoreStatus = input.optionalObjectAttributes?.contains("RestoreStatus") == true
        let page = try await store.list(
            ListingQuery(
                prefix: Array((input.prefix ?? "").utf8), delimiter: Array((delimiter ?? "").utf8),
                after: keyMarker.map { Array($0.utf8) }, afterVersion: versionMarker,
                withVersions: true, withDetails: withRestoreStatus, limit: limit), in: bucket)
        let encoding = ListingEncoding(input.encodingType)
        var output = ListObjectVersionsOutput(
            isTruncated: page.isTruncated, keyMarker: encoding(input.keyMarker ?? ""),
            versionIdMarker: input.versionIdMarker ?? "",
            nextKeyMarker: page.next.map { encoding($0.key) },
            nextVersionIdMarker: page.next?.versionID, name: bucket.name,
            prefix: encoding(input.prefix ?? ""), delimiter: delimiter.map { encoding($0) },
            maxKeys: limit, commonPrefixes: encoding.prefixes(page.commonPrefixes),
            encodingType: input.encodingType)
        output.versions = page.entries.filter { !$0.object.isDeleteMarker }.map { entry in
            let object = entry.object
            return ObjectVersion(
                eTag: object.quotedETag,
                checksumAlgorithm: object.checksum.map { [$0.algorithm.rawValue] },
                checksumType: object.checksum?.kind.rawValue, size: Int(object.size),
                storageClass: object.storageClass, key: encoding(object.key),
                versionId: object.versionID, isLatest: entry.isLatest,
                lastModified: object.modified, owner: object.owner(in: bucket),
                restoreStatus: withRestoreStatus ? object.restoreStatus : nil)
        }
        output.deleteMarkers = page.entries.filter(\.object.isDeleteMarker).map { entry in
            DeleteMarkerEntry(
                owner: entry.object.owner(in: bucket), key: encoding(entry.object.key),
                versionId: entry.object.versionID, isLatest: entry.isLatest,
                lastModified: entry.object.modified)
        }
        return output
    }

    private static func markers(
        _ input: ListObjectVersionsRequest
    ) throws -> (key: String?, version: String?) {
        let key = input.keyMarker.flatMap { $0.isEmpty ? nil : $0 }
        guard let version = input.versionIdMarker else { return (key, nil) }
        guard key != nil else {
            throw S3Failure.argument(
                "A version-id marker cannot be specified without a key marker.",
                "version-id-marker", version)
        }
        guard !version.isEmpty else {
            throw S3Failure.argument(
                "A version-id marker cannot be empty.", "version-id-marker", "")
        }
        guard ObjectVersionID.isWellFormed(version) else {
            throw S3Failure.argument("Invalid version id specified", "version-id-marker", version)
        }
        return (key, version)
    }
}
