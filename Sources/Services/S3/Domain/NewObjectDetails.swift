import Platform
import Wire

/// What a request says of a new object beside its bytes.
struct NewObjectDetails: Sendable {
    /// The headers that are kept as they come, by their names in lower case.
    var headers: [(name: String, value: String?)] = []
    var metadata: [String: String]?
    /// An `x-amz-tagging` header.
    var tagging: String?
    var lockMode: String?
    var retainUntil: Instant?
    var legalHold: String?

    /// The details.
    ///
    /// - Throws: `MetadataTooLarge`, `InvalidTag`, `InvalidArgument`, `InvalidRequest`.
    func details(in bucket: BucketRecord, now: Instant) throws -> ObjectDetails {
        var details = ObjectDetails()
        for case (let name, let value?) in headers where !value.isEmpty {
            details.headers[name] = value
        }
        if let location = details.headers[Self.redirect],
            !["/", "http://", "https://"].contains(where: location.hasPrefix)
        {
            throw AWSError(
                "InvalidRedirectLocation",
                "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.",
                status: 400)
        }
        details.metadata = try Self.checked(metadata)
        details.tags = try ObjectTag.checked(header: tagging)
        try applyLock(to: &details, in: bucket, now: now)
        return details
    }

    static let contentType = "content-type"
    static let redirect = "x-amz-website-redirect-location"

    /// Metadata by names in lower case, as S3 keeps them.
    private static func checked(_ metadata: [String: String]?) throws -> [String: String] {
        var (checked, bytes): ([String: String], Int) = ([:], 0)
        for (name, value) in metadata ?? [:] {
            checked[name.lowercased()] = value
            bytes += name.utf8.count + value.utf8.count
        }
        guard bytes <= S3Limits.metadataBytes else { throw S3Failure.metadataTooLarge }
        return checked
    }

    private func applyLock(
        to details: inout ObjectDetails, in bucket: BucketRecord, now: Instant
    ) throws {
        guard lockMode != nil || retainUntil != nil || legalHold != nil else { return }
        guard bucket.hasLocks else { throw S3Failure.noLocks }
        guard (lockMode == nil) == (retainUntil == nil) else {
            throw S3Failure.argument(
                "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
                lockMode == nil ? "x-amz-object-lock-mode" : "x-amz-object-lock-retain-until-date",
                "")
        }
        if let retainUntil, retainUntil <= now {
            throw S3Failure.argument(
                "The retain until date must be in the future!",
                "x-amz-object-lock-retain-until-date", retainUntil.iso8601)
        }
        details.retentionMode = lockMode
        details.retainUntil = retainUntil
        details.hasLegalHold = legalHold.map { $0 == "ON" }
    }
}
