import CloudWatchLogsModel
import Wire

/// What tags a log group may have, beyond the lengths and characters that the model checks.
enum TagRules {
    /// - Throws: `InvalidParameterException` for a key that AWS keeps for itself.
    static func check(keys: some Sequence<String>) throws {
        for key in keys where key.lowercased().hasPrefix("aws:") {
            throw CloudWatchLogsError.invalidParameterException(
                "User-defined tag keys can't start with \"aws:\"")
        }
    }

    /// - Throws: `TooManyTagsException` for more tags than a log group may have.
    static func check(count: Int, of resource: String) throws {
        guard count <= CloudWatchLogsLimits.tags else {
            throw CloudWatchLogsError.tooManyTagsException(
                "A resource can have no more than \(CloudWatchLogsLimits.tags) tags.",
                ["resourceName": .string(resource)])
        }
    }
}
