import SecretsManagerModel
import Wire

/// What `ListSecrets` and `BatchGetSecretValue` look for.
///
/// Names and tags are found by their beginning, minding case; descriptions and everything (`all`) by the beginnings of their
/// words, not minding it. A value after an exclamation mark finds what it does not match.
struct SecretFilter: Sendable {
    let key: String
    let values: [String]

    init(_ filter: Filter) throws {
        guard let key = filter.key else { throw SecretFailure.parameter("Invalid filter key") }
        guard let values = filter.values, !values.isEmpty else {
            throw SecretFailure.parameter("Invalid filter values for key: \(key)")
        }
        self.key = key
        self.values = values
    }

    func matches(_ secret: SecretRecord, tags: [Tag]) -> Bool {
        values.contains { value in
            let isNegated = value.hasPrefix("!")
            let wanted = isNegated ? String(value.dropFirst()) : value
            return attributes(of: secret, tags).contains { matches($0, wanted) } != isNegated
        }
    }

    private func attributes(of secret: SecretRecord, _ tags: [Tag]) -> [String] {
        switch key {
        case "name": [secret.name]
        case "description": secret.description.map { [$0] } ?? []
        case "tag-key": tags.compactMap(\.key)
        case "tag-value": tags.compactMap(\.value)
        case "primary-region": secret.primaryRegion.map { [$0] } ?? []
        case "all":
            [secret.name] + (secret.description.map { [$0] } ?? []) + tags.compactMap(\.key)
                + tags.compactMap(\.value)
        // No other service owns secrets here.
        default: []
        }
    }

    private func matches(_ text: String, _ wanted: String) -> Bool {
        guard key == "all" || key == "description" else { return text.hasPrefix(wanted) }
        let sought = Self.words(wanted).map { $0.lowercased() }
        let found = Self.words(text).map { $0.lowercased() }
        return !sought.isEmpty
            && sought.allSatisfy { word in found.contains { $0.hasPrefix(word) } }
    }

    /// The words of a text: parted by spaces, by one kind of special character (a text with several is one word), and before
    /// capitals.
    private static func words(_ text: String) -> [String] {
        let special = Set("/-_+=.@")
        return text.split(separator: " ").flatMap { part -> [String] in
            let kinds = Set(part.filter { special.contains($0) })
            guard kinds.count <= 1 else { return [String(part)] }
            let pieces = kinds.first.map { kind in part.split(separator: kind) } ?? [part]
            return pieces.flatMap { capitalized($0) }
        }
    }

    /// `SecretOne` is two words; `COMPANY` is one.
    private static func capitalized(_ text: Substring) -> [String] {
        var words: [String] = []
        var current = ""
        let characters = Array(text)
        for (index, character) in characters.enumerated() {
            let beginsWord =
                character.isUppercase && index + 1 < characters.count
                && characters[index + 1].isLowercase
            if beginsWord, !current.isEmpty {
                words.append(current)
                current = ""
            }
            current.append(character)
        }
        if !current.isEmpty { words.append(current) }
        return words
    }
}
