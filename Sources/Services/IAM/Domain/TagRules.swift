import IAMModel
import Wire

/// What holds for the tags of a request beside the model's constraints.
enum TagRules {
    /// Checks the tags that a request sets.
    ///
    /// - Throws: `InvalidInput` for keys that differ by their case at most, and for keys that AWS keeps for itself.
    static func check(_ tags: [Tag]) throws {
        guard Set(tags.map { $0.key.lowercased() }).count == tags.count else {
            throw IAMError.invalidInputException(
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.")
        }
        try check(keys: tags.map(\.key))
    }

    /// Checks the keys of tags that a request sets or removes.
    ///
    /// - Throws: `InvalidInput` for keys that AWS keeps for itself.
    static func check(keys: [String]) throws {
        guard !keys.contains(where: { $0.lowercased().hasPrefix("aws:") }) else {
            throw IAMError.invalidInputException(
                "Caller is an end user and not allowed to mutate system tags.")
        }
    }

    /// The condition keys that tags of a request give to policies.
    static func conditionKeys(setting tags: [Tag]) -> [String: [String]] {
        var keys: [String: [String]] = [:]
        for tag in tags { keys["aws:RequestTag/\(tag.key)"] = [tag.value] }
        if !tags.isEmpty { keys["aws:TagKeys"] = tags.map(\.key) }
        return keys
    }
}
