import S3Model
import Wire

/// A tag of an object or bucket.
struct ObjectTag: Sendable, Equatable {
    var key: String
    var value: String

    init(key: String, value: String) {
        self.key = key
        self.value = value
    }

    init?(_ document: Document) {
        guard let key = document[0]?.stringValue, let value = document[1]?.stringValue else {
            return nil
        }
        self.init(key: key, value: value)
    }

    var document: Document { .array([.string(key), .string(value)]) }

    var wire: Tag { Tag(key: key, value: value) }

    /// Reads the tags of a document.
    ///
    /// - Throws: `InvalidTag`, `BadRequest`.
    static func checked(_ tags: [Tag], limit: Int) throws -> [ObjectTag] {
        try checked(tags.map { ObjectTag(key: $0.key, value: $0.value) }, limit: limit)
    }

    /// Reads an `x-amz-tagging` header: `a=1&b=2`.
    ///
    /// - Throws: `InvalidArgument`, `InvalidTag`, `BadRequest`.
    static func checked(header: String?) throws -> [ObjectTag] {
        guard let header, !header.isEmpty else { return [] }
        guard let items = try? QueryParameters(header).items, items.allSatisfy({ !$0.name.isEmpty })
        else {
            throw S3Failure.argument(
                "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
                "x-amz-tagging", header)
        }
        guard Set(items.map(\.name)).count == items.count else {
            throw S3Failure.argument(
                "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
                "x-amz-tagging", header)
        }
        return try checked(
            items.map { ObjectTag(key: $0.name, value: $0.value) }, limit: S3Limits.objectTags)
    }

    private static func checked(_ tags: [ObjectTag], limit: Int) throws -> [ObjectTag] {
        var seen: Set<String> = []
        for tag in tags {
            guard (1...S3Limits.tagKeyCharacters).contains(tag.key.unicodeScalars.count) else {
                throw S3Failure.invalidTag("The TagKey you have provided is invalid", tag.key)
            }
            guard tag.value.unicodeScalars.count <= S3Limits.tagValueCharacters else {
                throw S3Failure.invalidTag("The TagValue you have provided is invalid", tag.key)
            }
            guard !tag.key.lowercased().hasPrefix("aws:") else {
                throw S3Failure.invalidTag(
                    "Your TagKey cannot be prefixed with aws:", tag.key)
            }
            guard seen.insert(tag.key).inserted else {
                throw S3Failure.invalidTag(
                    "Cannot provide multiple Tags with the same key", tag.key)
            }
        }
        guard tags.count <= limit else {
            throw AWSError(
                "BadRequest",
                limit == S3Limits.objectTags
                    ? "Object tags cannot be greater than \(limit)"
                    : "Bucket tag count cannot be greater than \(limit)", status: 400)
        }
        return tags
    }
}
