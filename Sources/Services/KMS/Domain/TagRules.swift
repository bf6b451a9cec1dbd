import KMSModel
import Wire

/// What tags a key may have, beyond the lengths that the model checks.
enum TagRules {
    /// - Throws: `TagException`, `LimitExceededException`.
    static func check(_ tags: [Tag]) throws {
        guard Set(tags.map(\.tagKey)).count == tags.count else {
            throw KMSError.tagException("Duplicate tag keys")
        }
        guard !tags.contains(where: { $0.tagKey.lowercased().hasPrefix("aws:") }) else {
            throw KMSError.tagException("Tags with the aws: prefix are reserved for AWS use.")
        }
        try check(count: tags.count)
    }

    /// - Throws: `LimitExceededException`.
    static func check(count: Int) throws {
        guard count <= KMSLimits.tagsPerKey else {
            throw KMSError.limitExceededException(
                "A KMS key can have no more than \(KMSLimits.tagsPerKey) tags.")
        }
    }
}
