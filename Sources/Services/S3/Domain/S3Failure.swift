import HTTPTypes
import Platform
import Wire

/// The errors of S3, in its words.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList>
enum S3Failure {
    private static func error(
        _ code: String, _ status: Int, _ message: String, _ fields: [String: Document] = [:]
    ) -> AWSError {
        AWSError(code, message, status: status, fields: fields)
    }

    // MARK: - Buckets

    static func noSuchBucket(_ name: String) -> AWSError {
        error(
            "NoSuchBucket", 404, "The specified bucket does not exist",
            ["BucketName": .string(name)])
    }

    static func invalidBucketName(_ name: String) -> AWSError {
        error(
            "InvalidBucketName", 400, "The specified bucket is not valid.",
            ["BucketName": .string(name)])
    }

    static func bucketAlreadyExists(_ name: String) -> AWSError {
        error(
            "BucketAlreadyExists", 409,
            "The requested bucket name is not available. The bucket namespace is shared by all users of the system. "
                + "Please select a different name and try again.", ["BucketName": .string(name)])
    }

    static func bucketAlreadyOwnedByYou(_ name: String) -> AWSError {
        error(
            "BucketAlreadyOwnedByYou", 409,
            "Your previous request to create the named bucket succeeded and you already own it.",
            ["BucketName": .string(name)])
    }

    static func bucketNotEmpty(_ name: String, hasVersions: Bool) -> AWSError {
        error(
            "BucketNotEmpty", 409,
            hasVersions
                ? "The bucket you tried to delete is not empty. You must delete all versions in the bucket."
                : "The bucket you tried to delete is not empty", ["BucketName": .string(name)])
    }

    static let tooManyBuckets = error(
        "TooManyBuckets", 400, "You have attempted to create more buckets than allowed")

    static func illegalLocation(_ region: String) -> AWSError {
        error(
            "IllegalLocationConstraintException", 400,
            region == "unspecified"
                ? "The unspecified location constraint is incompatible for the region specific endpoint this request was sent to."
                : "The \(region) location constraint is incompatible for the region specific endpoint this request was sent to."
        )
    }

    static let invalidBucketState = error(
        "InvalidBucketState", 409,
        "The request is not valid for the current state of the bucket.")

    /// A configuration that a bucket does not have, by the name of the bucket.
    static func missing(_ code: String, _ message: String, _ bucket: String) -> AWSError {
        error(code, 404, message, ["BucketName": .string(bucket)])
    }

    // MARK: - Objects

    static func noSuchKey(_ key: String) -> AWSError {
        error("NoSuchKey", 404, "The specified key does not exist.", ["Key": .string(key)])
    }

    static func noSuchVersion(_ key: String, _ versionID: String) -> AWSError {
        error(
            "NoSuchVersion", 404, "The specified version does not exist.",
            ["Key": .string(key), "VersionId": .string(versionID)])
    }

    static func invalidVersion(_ versionID: String) -> AWSError {
        argument("Invalid version id specified", "versionId", versionID)
    }

    static let keyTooLong = error("KeyTooLongError", 400, "Your key is too long")

    static func invalidRange(_ range: String, size: Int64) -> AWSError {
        var failure = error(
            "InvalidRange", 416, "The requested range is not satisfiable",
            ["ActualObjectSize": .integer(size), "RangeRequested": .string(range)])
        failure.headers[.contentRange] = "bytes */\(size)"
        return failure
    }

    static func preconditionFailed(_ condition: String) -> AWSError {
        error(
            "PreconditionFailed", 412,
            "At least one of the pre-conditions you specified did not hold",
            ["Condition": .string(condition)])
    }

    static func notModified(_ object: ObjectRecord) -> AWSError {
        var failure = AWSError("NotModified", "Not Modified", status: 304, fault: .client)
        failure.headers[.eTag] = object.quotedETag
        failure.headers[.lastModified] = object.modified.httpDate
        return failure
    }

    static let unsupportedHeader = error(
        "NotImplemented", 501, "A header you provided implies functionality that is not implemented"
    )

    static func methodNotAllowed(_ method: String, _ resource: String) -> AWSError {
        error(
            "MethodNotAllowed", 405, "The specified method is not allowed against this resource.",
            ["Method": .string(method), "ResourceType": .string(resource)])
    }

    static let missingContentLength = error(
        "MissingContentLength", 411, "You must provide the Content-Length HTTP header.")

    static func entityTooLarge(_ size: Int64, limit: Int64) -> AWSError {
        error(
            "EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size",
            ["ProposedSize": .integer(size), "MaxSizeAllowed": .integer(limit)])
    }

    static let metadataTooLarge = error(
        "MetadataTooLarge", 400, "Your metadata headers exceed the maximum allowed metadata size",
        ["MaxSizeAllowed": .integer(Int64(S3Limits.metadataBytes))])

    // MARK: - Digests

    static func invalidDigest(_ digest: String) -> AWSError {
        error(
            "InvalidDigest", 400, "The Content-MD5 you specified was invalid.",
            ["Content-MD5": .string(digest)])
    }

    static func badDigest(_ expected: String, _ calculated: String) -> AWSError {
        error(
            "BadDigest", 400, "The Content-MD5 you specified did not match what we received.",
            ["ExpectedDigest": .string(expected), "CalculatedDigest": .string(calculated)])
    }

    static func badChecksum(_ algorithm: String) -> AWSError {
        error(
            "BadDigest", 400,
            "The \(algorithm) you specified did not match the calculated checksum.")
    }

    // MARK: - Uploads

    static func noSuchUpload(_ id: String) -> AWSError {
        error(
            "NoSuchUpload", 404,
            "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
            ["UploadId": .string(id)])
    }

    static let invalidPart = error(
        "InvalidPart", 400,
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag "
            + "may not match the part's entity tag.")

    static let invalidPartOrder = error(
        "InvalidPartOrder", 400,
        "The list of parts was not in ascending order. Parts must be ordered by part number.")

    static func entityTooSmall(_ size: Int64, part: Int, eTag: String) -> AWSError {
        error(
            "EntityTooSmall", 400,
            "Your proposed upload is smaller than the minimum allowed size",
            [
                "ProposedSize": .integer(size), "MinSizeAllowed": .integer(S3Limits.partBytes),
                "PartNumber": .integer(Int64(part)), "ETag": .string(eTag),
            ])
    }

    static let malformedXML = error(
        "MalformedXML", 400,
        "The XML you provided was not well-formed or did not validate against our published schema")

    // MARK: - Access

    static let accessDenied = error("AccessDenied", 403, "Access Denied")

    static let noLocks = error(
        "InvalidRequest", 400, "Bucket is missing Object Lock Configuration")

    static let aclsNotSupported = error(
        "AccessControlListNotSupported", 400, "The bucket does not allow ACLs")

    // MARK: - Arguments

    static func argument(_ message: String, _ name: String, _ value: String) -> AWSError {
        error(
            "InvalidArgument", 400, message,
            ["ArgumentName": .string(name), "ArgumentValue": .string(value)])
    }

    static func invalidRequest(_ message: String) -> AWSError {
        error("InvalidRequest", 400, message)
    }

    static func invalidTag(_ message: String, _ key: String? = nil) -> AWSError {
        error("InvalidTag", 400, message, key.map { ["TagKey": .string($0)] } ?? [:])
    }

    static func notServed(_ what: String) -> AWSError {
        error("NotImplemented", 501, "\(what) is not served by Apus.")
    }
}
