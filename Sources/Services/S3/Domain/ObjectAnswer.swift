import Platform
import S3Model
import Wire

/// The bytes of an object that a request selects.
struct ObjectSelection: Sendable {
    var bytes: Range<Int64>
    /// The request selects a part of them: the answer says which.
    var isPartial = false
    /// How many parts the object was put in, where the request selects one.
    var partsCount: Int?
}

/// The headers that a request wants answered in place of the object's own.
struct ResponseOverrides: Sendable {
    var cacheControl: String?
    var contentDisposition: String?
    var contentEncoding: String?
    var contentLanguage: String?
    var contentType: String?
    var expires: Instant?

    var isEmpty: Bool {
        cacheControl == nil && contentDisposition == nil && contentEncoding == nil
            && contentLanguage == nil && contentType == nil && expires == nil
    }
}

/// What is answered of an object beside its bytes.
struct ObjectAnswer {
    private let bucket: BucketRecord
    private let object: ObjectRecord
    private let selection: ObjectSelection
    private let withChecksum: Bool
    private let expiration: String?

    init(_ found: FoundObject, _ selection: ObjectSelection, withChecksum: Bool) {
        self.bucket = found.bucket
        self.object = found.object
        self.expiration = found.expiration
        self.selection = selection
        self.withChecksum = withChecksum
    }

    /// The answer of `GetObject`, which that of `HeadObject` is made of.
    func output(_ overrides: ResponseOverrides) -> GetObjectOutput {
        let (details, headers) = (object.details, object.details.headers)
        var output = GetObjectOutput(
            acceptRanges: "bytes", expiration: expiration, restore: restore,
            lastModified: object.modified,
            contentLength: Int(selection.bytes.upperBound - selection.bytes.lowerBound),
            eTag: object.quotedETag,
            versionId: bucket.versioning == .never ? nil : object.versionID,
            cacheControl: overrides.cacheControl ?? headers["cache-control"],
            contentDisposition: overrides.contentDisposition ?? headers["content-disposition"],
            contentEncoding: overrides.contentEncoding ?? headers["content-encoding"],
            contentLanguage: overrides.contentLanguage ?? headers["content-language"],
            contentType: overrides.contentType ?? headers[NewObjectDetails.contentType]
                ?? "binary/octet-stream",
            expires: overrides.expires?.httpDate ?? headers["expires"],
            websiteRedirectLocation: headers[NewObjectDetails.redirect],
            metadata: details.metadata.isEmpty ? nil : details.metadata,
            storageClass: object.storageClass == "STANDARD" ? nil : object.storageClass,
            replicationStatus: details.replicationStatus, partsCount: selection.partsCount,
            tagCount: details.tags.isEmpty ? nil : details.tags.count,
            objectLockMode: details.retentionMode,
            objectLockRetainUntilDate: details.retainUntil,
            objectLockLegalHoldStatus: details.hasLegalHold.map { $0 ? "ON" : "OFF" })
        if selection.isPartial {
            let bytes = selection.bytes
            output.contentRange =
                "bytes \(bytes.lowerBound)-\(bytes.upperBound - 1)/\(object.size)"
        }
        addEncryption(to: &output)
        // The checksum is that of all the bytes.
        if withChecksum, !selection.isPartial { addChecksum(to: &output) }
        return output
    }

    private func addEncryption(to output: inout GetObjectOutput) {
        guard let encryption = object.details.encryption else { return }
        output.serverSideEncryption = encryption.algorithm
        output.ssekmsKeyId = encryption.kmsKeyID
        output.bucketKeyEnabled = encryption.hasBucketKey
        if let md5 = encryption.customerKeyMD5 {
            output.sseCustomerAlgorithm = "AES256"
            output.sseCustomerKeyMD5 = md5
        }
    }

    private func addChecksum(to output: inout GetObjectOutput) {
        guard let checksum = object.checksum else { return }
        output.checksumType = checksum.kind.rawValue
        output.checksumCRC32 = checksum.value(.crc32)
        output.checksumCRC32C = checksum.value(.crc32c)
        output.checksumCRC64NVME = checksum.value(.crc64nvme)
        output.checksumSHA1 = checksum.value(.sha1)
        output.checksumSHA256 = checksum.value(.sha256)
    }

    /// `x-amz-restore`
    private var restore: String? {
        guard let until = object.details.restoredUntil else { return nil }
        return "ongoing-request=\"false\", expiry-date=\"\(until.httpDate)\""
    }
}
