/// The access key of the root of account 000000000000, where the configuration gives one.
package struct RootCredentials: Sendable, Equatable {
    package let accessKeyID: String
    /// A secret: never logged.
    package let secretAccessKey: String

    private static let leastKeyCharacters = 3
    private static let mostKeyCharacters = 128
    private static let leastSecretCharacters = 16

    /// Checks a key that `APUS_ACCESS_KEY_ID` and `APUS_SECRET_ACCESS_KEY` give.
    ///
    /// - Throws: `ConfigurationError` where somebody could guess it.
    init(accessKeyID: String, secretAccessKey: String) throws {
        let isWord = accessKeyID.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "_") || Character(Unicode.Scalar(byte)).isLetter
                || Character(Unicode.Scalar(byte)).isNumber
        }
        let lengths = Self.leastKeyCharacters...Self.mostKeyCharacters
        guard isWord, lengths.contains(accessKeyID.utf8.count) else {
            throw ConfigurationError(
                "APUS_ACCESS_KEY_ID has letters, digits and underscores, 3 to 128 of them.")
        }
        guard accessKeyID != "test", !accessKeyID.hasPrefix("ASIA"),
            !(accessKeyID.utf8.count == 12 && accessKeyID.allSatisfy(\.isNumber))
        else {
            throw ConfigurationError(
                "APUS_ACCESS_KEY_ID is '\(accessKeyID)', a development or temporary key; choose another."
            )
        }
        guard secretAccessKey.utf8.count >= Self.leastSecretCharacters else {
            throw ConfigurationError("APUS_SECRET_ACCESS_KEY needs at least 16 characters.")
        }
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
    }
}
