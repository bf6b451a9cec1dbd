import DynamoDBModel
import DynamoDBValues
import Wire

/// What must hold for tags beside the model's constraints.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html>
enum TagRules {
    /// Checks the tags that a request sets.
    ///
    /// - Throws: `ValidationException`.
    static func check(_ tags: [Tag]) throws {
        guard Set(tags.map(\.key)).count == tags.count else {
            throw AWSError.validation(
                "One or more parameter values were invalid: Duplicate tag keys found")
        }
        guard !tags.contains(where: { $0.key.lowercased().hasPrefix("aws:") }) else {
            throw AWSError.validation(
                "One or more parameter values were invalid: Tag keys must not begin with aws:")
        }
        try check(count: tags.count)
    }

    /// Checks how many tags a table has.
    ///
    /// - Throws: `ValidationException`.
    static func check(count: Int) throws {
        guard count <= DynamoDBLimits.tags else {
            throw AWSError.validation(
                "One or more parameter values were invalid: Too many tags: a table has up to "
                    + "\(DynamoDBLimits.tags)")
        }
    }

    /// The condition keys that tags of a request give to policies.
    static func conditionKeys(_ tags: [Tag]) -> [String: [String]] {
        var keys: [String: [String]] = [:]
        for tag in tags { keys["aws:RequestTag/\(tag.key)"] = [tag.value] }
        if !tags.isEmpty { keys["aws:TagKeys"] = tags.map(\.key) }
        return keys
    }
}
