import Platform
import Wire

/// The conditions that a request sets for an object.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html>
struct Preconditions: Sendable {
    var ifMatch: String?
    var ifNoneMatch: String?
    var ifModifiedSince: Instant?
    var ifUnmodifiedSince: Instant?

    /// Checks the conditions of a read.
    ///
    /// - Throws: `PreconditionFailed` (412), or 304.
    func check(_ object: ObjectRecord) throws {
        if let ifMatch {
            guard Self.matches(ifMatch, object) else {
                throw S3Failure.preconditionFailed("If-Match")
            }
        } else if let ifUnmodifiedSince, object.modified > ifUnmodifiedSince {
            throw S3Failure.preconditionFailed("If-Unmodified-Since")
        }
        if let ifNoneMatch {
            if Self.matches(ifNoneMatch, object) { throw S3Failure.notModified(object) }
        } else if let ifModifiedSince, object.modified <= ifModifiedSince {
            throw S3Failure.notModified(object)
        }
    }

    /// Checks the conditions that a copy sets for its source.
    ///
    /// - Throws: `PreconditionFailed` (412).
    func checkSource(_ object: ObjectRecord) throws {
        if let ifMatch {
            guard Self.matches(ifMatch, object) else {
                throw S3Failure.preconditionFailed("x-amz-copy-source-If-Match")
            }
        } else if let ifUnmodifiedSince, object.modified > ifUnmodifiedSince {
            throw S3Failure.preconditionFailed("x-amz-copy-source-If-Unmodified-Since")
        }
        if let ifNoneMatch {
            if Self.matches(ifNoneMatch, object) {
                throw S3Failure.preconditionFailed("x-amz-copy-source-If-None-Match")
            }
        } else if let ifModifiedSince, object.modified <= ifModifiedSince {
            throw S3Failure.preconditionFailed("x-amz-copy-source-If-Modified-Since")
        }
    }

    /// Checks the conditions of a write.
    ///
    /// - Parameter current: what stands under the key; `nil` where nothing does, or a delete marker.
    /// - Throws: `PreconditionFailed` (412); `NoSuchKey` where something had to match; `NotImplemented` for what S3 does not know
    ///   either.
    func checkWrite(current: ObjectRecord?, key: String) throws {
        if let ifNoneMatch {
            guard ifNoneMatch == "*" else { throw S3Failure.unsupportedHeader }
            if current != nil { throw S3Failure.preconditionFailed("If-None-Match") }
        }
        if let ifMatch {
            guard let current else { throw S3Failure.noSuchKey(key) }
            guard ifMatch != "*" else { throw S3Failure.unsupportedHeader }
            guard Self.matches(ifMatch, current) else {
                throw S3Failure.preconditionFailed("If-Match")
            }
        }
    }

    /// Whether a list of entity tags has that of `object`.
    private static func matches(_ header: String, _ object: ObjectRecord) -> Bool {
        header.split(separator: ",").contains { item in
            var tag = item.filter { $0 != " " }
            if tag.hasPrefix("W/") { tag.removeFirst(2) }
            // S3 minds no quotation marks, not even a single one.
            return tag == "*" || tag.filter { $0 != "\"" } == object.eTag
        }
    }
}
