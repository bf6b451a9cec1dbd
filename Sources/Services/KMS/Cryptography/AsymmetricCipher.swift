import Crypto
import CryptoExtras

/// Encrypts and decrypts with an RSA key.
struct AsymmetricCipher {
    private let key: _RSA.Encryption.PrivateKey
    private let padding: _RSA.Encryption.Padding

    /// - Parameter algorithm: `RSAES_OAEP_SHA_1` or `RSAES_OAEP_SHA_256`.
    init(_ material: [UInt8], algorithm: String) throws {
        key = try _RSA.Encryption.PrivateKey(derRepresentation: material)
        padding = algorithm == "RSAES_OAEP_SHA_1" ? .PKCS1_OAEP : .PKCS1_OAEP_SHA256
    }

    /// The bytes that fit.
    var largestPlaintext: Int { key.publicKey.maximumEncryptSize(with: padding) }

    func encrypt(_ plaintext: [UInt8]) throws -> [UInt8] {
        [UInt8](try key.publicKey.encrypt(plaintext, padding: padding))
    }

    /// Decrypts; `nil` for what is no ciphertext of the key.
    func decrypt(_ ciphertext: [UInt8]) -> [UInt8]? {
        (try? key.decrypt(ciphertext, padding: padding)).map { [UInt8]($0) }
    }
}
