import Platform
import S3Model
import ServiceKit
import Wire

/// Makes an object of the parts of an upload.
struct CompleteMultipartUpload: OperationHandler {
    static let operation = S3API.completeMultipartUpload
    let store: S3Store

    func access(for input: CompleteMultipartUploadRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutObject", to: input.bucket, key: input.key)]
    }

    func handle(_ input: CompleteMultipartUploadRequest, in context: RequestContext) async throws
        -> CompleteMultipartUploadOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let object = try await complete(input, in: bucket, context)
        let encryption = object.details.encryption
        return CompleteMultipartUploadOutput(
            location: Self.location(of: input.key, in: bucket.name, context.origin),
            bucket: bucket.name, key: input.key, eTag: object.quotedETag,
            checksumCRC32: object.checksum?.value(.crc32),
            checksumCRC32C: object.checksum?.value(.crc32c),
            checksumCRC64NVME: object.checksum?.value(.crc64nvme),
            checksumSHA1: object.checksum?.value(.sha1),
            checksumSHA256: object.checksum?.value(.sha256),
            checksumType: object.checksum?.kind.rawValue,
            serverSideEncryption: encryption?.algorithm,
            versionId: bucket.versioning == .never ? nil : object.versionID,
            ssekmsKeyId: encryption?.kmsKeyID, bucketKeyEnabled: encryption?.hasBucketKey)
    }

    /// Completes the upload. A client that has not heard of its success may ask again.
    private func complete(
        _ input: CompleteMultipartUploadRequest, in bucket: BucketRecord, _ context: RequestContext
    ) async throws -> ObjectRecord {
        do {
            let upload = try await store.upload(input.uploadId, key: input.key, in: bucket)
            let completion = UploadCompletion(
                parts: input.multipartUpload?.parts ?? [],
                conditions: Preconditions(ifMatch: input.ifMatch, ifNoneMatch: input.ifNoneMatch),
                checksum: try input.checksumClaim,
                checksumKind: input.checksumType.flatMap { ObjectChecksum.Kind(rawValue: $0) },
                size: input.mpuObjectSize.map { Int64($0) })
            return try await store.complete(
                completion, of: upload, in: bucket, by: S3Actor(context))
        } catch let error as AWSError where error.code == "NoSuchUpload" {
            let found = try? await store.find(input.key, in: bucket.name)
            guard let object = found?.object, object.details.uploadID == input.uploadId else {
                throw error
            }
            return object
        }
    }

    /// The URL of the object, as the client reaches it.
    static func location(of key: String, in bucket: String, _ origin: Origin) -> String {
        let path = PercentEncoding.encode(key, allowing: "/")
        let isVirtual = origin.host.hasPrefix("\(bucket).")
        return isVirtual ? "\(origin)/\(path)" : "\(origin)/\(bucket)/\(path)"
    }
}

extension CompleteMultipartUploadRequest {
    /// The checksum that the whole object must have. A composite's names the number of its parts, too.
    fileprivate var checksumClaim: ChecksumClaim {
        get throws {
            let values = [
                ("CRC32", checksumCRC32), ("CRC32C", checksumCRC32C),
                ("CRC64NVME", checksumCRC64NVME), ("SHA1", checksumSHA1),
                ("SHA256", checksumSHA256),
            ]
            return try ChecksumClaim(
                algorithm: nil,
                values: values.map { name, value in
                    (name, value.map { String($0.prefix { $0 != "-" }) })
                })
        }
    }
}
