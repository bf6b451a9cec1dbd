import S3Model
import ServiceKit
import Wire

/// Lists the uploads of a bucket that are under way.
struct ListMultipartUploads: OperationHandler {
    static let operation = S3API.listMultipartUploads
    let store: S3Store

    func access(for input: ListMultipartUploadsRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:ListBucketMultipartUploads", to: input.bucket)]
    }

    func handle(_ input: ListMultipartUploadsRequest, in context: RequestContext) async throws
        -> ListMultipartUploadsOutput
    {
        let limit = try PageSize.checked(input.maxUploads, "max-uploads")
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let keyMarker = input.keyMarker.flatMap { $0.isEmpty ? nil : $0 }
        let idMarker = input.uploadIdMarker.flatMap { $0.isEmpty ? nil : $0 }
        let delimiter = input.delimiter.flatMap { $0.isEmpty ? nil : $0 }
        let page = try await store.uploads(
            UploadQuery(
                prefix: Array((input.prefix ?? "").utf8), delimiter: Array((delimiter ?? "").utf8),
                afterKey: keyMarker.map { Array($0.utf8) },
                afterID: keyMarker == nil ? nil : idMarker, limit: limit), in: bucket)
        let encoding = ListingEncoding(input.encodingType)
        return ListMultipartUploadsOutput(
            bucket: bucket.name, keyMarker: encoding(input.keyMarker ?? ""),
            uploadIdMarker: input.uploadIdMarker ?? "",
            nextKeyMarker: page.next.map { encoding($0.key) } ?? "",
            prefix: encoding(input.prefix ?? ""), delimiter: delimiter.map { encoding($0) },
            nextUploadIdMarker: page.next?.id ?? "", maxUploads: limit,
            isTruncated: page.next != nil,
            uploads: page.uploads.map { upload in
                MultipartUpload(
                    uploadId: upload.id, key: encoding(upload.key), initiated: upload.initiated,
                    storageClass: upload.storageClass,
                    owner: CanonicalUser.owner(
                        bucket.ignoresACLs ? bucket.account : upload.owner),
                    initiator: Initiator(id: CanonicalUser.id(of: upload.owner)),
                    checksumAlgorithm: upload.checksumAlgorithm?.rawValue,
                    checksumType: upload.checksumKind?.rawValue)
            }, commonPrefixes: encoding.prefixes(page.commonPrefixes),
            encodingType: input.encodingType)
    }
}
