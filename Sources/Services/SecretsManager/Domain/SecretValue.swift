import SecretsManagerModel
import Wire

/// A value of a secret: text or bytes.
struct SecretValue: Sendable, Equatable {
    var bytes: [UInt8]
    var isBinary: Bool

    var string: String? { isBinary ? nil : String(decoding: bytes, as: UTF8.self) }
    var binary: [UInt8]? { isBinary ? bytes : nil }

    init(bytes: [UInt8], isBinary: Bool) {
        self.bytes = bytes
        self.isBinary = isBinary
    }

    /// The value that a request gives; `nil` where it gives none.
    ///
    /// - Throws: `InvalidParameterException` where it gives two, or one that is too long.
    init?(string: String?, binary: [UInt8]?) throws {
        guard string == nil || binary == nil else {
            throw SecretFailure.parameter(
                "You can't specify both a binary secret value and a string secret value in the "
                    + "same secret.")
        }
        if let string {
            self.init(bytes: Array(string.utf8), isBinary: false)
        } else if let binary {
            self.init(bytes: binary, isBinary: true)
        } else {
            return nil
        }
        guard bytes.count <= SecretsManagerLimits.valueBytes else {
            throw SecretFailure.parameter(
                "The secret value is larger than \(SecretsManagerLimits.valueBytes) bytes.")
        }
    }
}
