import Crypto
import CryptoExtras
import KMSModel
import Platform
import ServiceKit
import Wire

/// What `GetParametersForImport` hands out: the private half of the wrapping key, sealed, so that nothing has to be kept.
struct ImportToken: Sendable {
    private static let purpose = "kms import token"

    var algorithm: String
    var validTo: Instant
    var privateKey: [UInt8]

    /// The token that is answered.
    func sealed(for key: KeyPlace, by rootKey: RootKey, randomness: any Randomness) -> [UInt8] {
        let document: Document = [
            "algorithm": .string(algorithm), "until": .integer(validTo.milliseconds),
            "key": .string(Base64.encode(privateKey)),
        ]
        return rootKey.seal(
            document.json(), for: Self.purpose, bindingTo: key.text, randomness: randomness)
    }

    /// - Throws: `InvalidImportTokenException` for what is no token of the key.
    init(_ sealed: [UInt8], for key: KeyPlace, by rootKey: RootKey) throws {
        guard let content = rootKey.open(sealed, for: Self.purpose, bindingTo: key.text),
            let document = try? Document(json: content),
            let algorithm = document["algorithm"]?.stringValue,
            let until = document["until"]?.integerValue,
            let privateKey = document["key"]?.stringValue.flatMap({ Base64.decode($0.utf8) })
        else { throw KMSError.invalidImportTokenException("") }
        self.init(
            algorithm: algorithm, validTo: Instant(milliseconds: until), privateKey: privateKey)
    }

    init(algorithm: String, validTo: Instant, privateKey: [UInt8]) {
        self.algorithm = algorithm
        self.validTo = validTo
        self.privateKey = privateKey
    }

    /// Unwraps what was encrypted under the token's public key.
    ///
    /// - Throws: `InvalidCiphertextException`.
    func unwrap(_ wrapped: [UInt8]) throws -> [UInt8] {
        let material: [UInt8]?
        switch algorithm {
        case "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256":
            material = try AsymmetricCipher(privateKey, algorithm: algorithm).decrypt(wrapped)
        case "RSA_AES_KEY_WRAP_SHA_1", "RSA_AES_KEY_WRAP_SHA_256":
            material = try unwrapTwice(wrapped)
        default: material = nil
        }
        guard let material else { throw KMSFailure.invalidCiphertext }
        return material
    }

    /// An AES key encrypted under RSA, and the material wrapped under the AES key.
    private func unwrapTwice(_ wrapped: [UInt8]) throws -> [UInt8]? {
        let modulusBytes =
            try _RSA.Encryption.PrivateKey(derRepresentation: privateKey).keySizeInBits / 8
        let cipher = try AsymmetricCipher(
            privateKey,
            algorithm: algorithm.hasSuffix("SHA_256") ? "RSAES_OAEP_SHA_256" : "RSAES_OAEP_SHA_1")
        guard wrapped.count > modulusBytes,
            let key = cipher.decrypt(Array(wrapped[..<modulusBytes])), key.count == 32
        else { return nil }
        return try KeyWrap.unwrap(
            Array(wrapped[modulusBytes...]), key: SymmetricKey(data: key))
    }
}

/// What may be imported into a key.
enum ImportedMaterial {
    /// Checks that `bytes` are a secret of the key's kind and brings them into the form in which secrets are kept.
    ///
    /// - Throws: `InvalidCiphertextException`.
    static func checked(_ bytes: [UInt8], _ spec: KeySpec) throws -> [UInt8] {
        do {
            switch spec {
            case .symmetric, .hmac224, .hmac256, .hmac384, .hmac512:
                let largest = spec == .symmetric ? 32 : 128
                guard let least = spec.secretBytes, (least...largest).contains(bytes.count) else {
                    throw KMSFailure.invalidCiphertext
                }
                return bytes
            case .rsa2048, .rsa3072, .rsa4096:
                let key = try _RSA.Signing.PrivateKey(derRepresentation: bytes)
                guard key.keySizeInBits == spec.modulusBits else {
                    throw KMSFailure.invalidCiphertext
                }
                return [UInt8](key.pkcs8DERRepresentation)
            case .p256:
                return [UInt8](
                    try P256.Signing.PrivateKey(derRepresentation: bytes).derRepresentation)
            case .p384:
                return [UInt8](
                    try P384.Signing.PrivateKey(derRepresentation: bytes).derRepresentation)
            case .p521:
                return [UInt8](
                    try P521.Signing.PrivateKey(derRepresentation: bytes).derRepresentation)
            case .ed25519, .mldsa65, .mldsa87:
                preconditionFailure("\(spec) takes no imported material")
            }
        } catch is CryptoKitError {
            throw KMSFailure.invalidCiphertext
        } catch is CryptoKitASN1Error {
            throw KMSFailure.invalidCiphertext
        }
    }
}
