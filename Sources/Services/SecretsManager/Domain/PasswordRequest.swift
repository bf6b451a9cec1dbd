import Platform
import SecretsManagerModel
import Wire

/// What a random password is made of.
///
/// Source: API_GetRandomPassword in the Secrets Manager API Reference.
struct PasswordRequest: Sendable {
    private static let lowercase = "abcdefghijklmnopqrstuvwxyz"
    private static let uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    private static let numbers = "0123456789"
    private static let punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

    let length: Int
    /// The characters of each kind that is wanted.
    let kinds: [[Character]]
    /// The space, where it is wanted; it is no kind of its own.
    let space: [Character]
    let requiresEachKind: Bool

    /// - Throws: `InvalidParameterException` for what no password can be.
    init(_ input: GetRandomPasswordRequest) throws {
        length = input.passwordLength ?? SecretsManagerLimits.passwordLength
        requiresEachKind = input.requireEachIncludedType ?? true
        let excluded = Set(input.excludeCharacters ?? "")
        var kinds: [[Character]] = []
        if input.excludeLowercase != true { kinds.append(Array(Self.lowercase)) }
        if input.excludeUppercase != true { kinds.append(Array(Self.uppercase)) }
        if input.excludeNumbers != true { kinds.append(Array(Self.numbers)) }
        if input.excludePunctuation != true { kinds.append(Array(Self.punctuation)) }
        self.kinds = kinds.map { $0.filter { !excluded.contains($0) } }.filter { !$0.isEmpty }
        space = input.includeSpace == true && !excluded.contains(" ") ? [" "] : []
        guard !self.kinds.isEmpty || !space.isEmpty else {
            throw SecretFailure.parameter(
                "The password would have no characters: all of them are excluded.")
        }
        guard !requiresEachKind || length >= self.kinds.count else {
            throw SecretFailure.parameter(
                "Password length is too short based on the required types.")
        }
    }

    /// A password, each character drawn evenly.
    func password(_ randomness: any Randomness) -> String {
        let all = kinds.flatMap { $0 } + space
        var characters = (0..<length).map { _ in Self.pick(all, randomness) }
        guard requiresEachKind else { return String(characters) }
        // Each kind takes a place of its own, drawn from those that are left.
        var places = Array(0..<length)
        for kind in kinds {
            let index = Int(randomness.fraction() * Double(places.count))
            characters[places.remove(at: index)] = Self.pick(kind, randomness)
        }
        return String(characters)
    }

    private static func pick(_ characters: [Character], _ randomness: any Randomness) -> Character {
        characters[Int(randomness.fraction() * Double(characters.count))]
    }
}
