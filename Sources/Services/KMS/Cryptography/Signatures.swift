import Crypto
import CryptoExtras
import KMSModel
import Wire

/// A message to be signed or verified.
struct SignedMessage: Sendable {
    enum Kind: String, Sendable {
        case raw = "RAW"
        case digest = "DIGEST"
        case externalMu = "EXTERNAL_MU"
    }

    /// The algorithms of hashing that signing algorithms end with.
    enum Hash: String, Sendable {
        case sha256 = "SHA_256"
        case sha384 = "SHA_384"
        case sha512 = "SHA_512"
    }

    let bytes: [UInt8]
    let kind: Kind
    let algorithm: String

    /// The hash that the algorithm's name ends with.
    var hash: Hash? { Hash(rawValue: String(algorithm.suffix(7))) }

    /// - Throws: `ValidationException` for a digest of another length than the algorithm's, or that it does not take.
    func digest() throws -> any Digest {
        if kind == .raw {
            switch hash {
            case .sha256: return SHA256.hash(data: bytes)
            case .sha384: return SHA384.hash(data: bytes)
            case .sha512: return SHA512.hash(data: bytes)
            case nil: preconditionFailure("\(algorithm) has no digest")
            }
        }
        let digest: (any Digest)? =
            switch hash {
            case .sha256: MessageDigest.sha256(bytes)
            case .sha384: MessageDigest.sha384(bytes)
            case .sha512: MessageDigest.sha512(bytes)
            case nil: nil
            }
        guard kind == .digest, let digest else {
            throw KMSFailure.validation("Digest is invalid length for algorithm \(algorithm).")
        }
        return digest
    }

    /// The bytes that are signed as they are by algorithms that hash in a way of their own.
    ///
    /// - Throws: `ValidationException`, or `UnsupportedOperationException` for prehashed messages.
    func wholeMessage() throws -> [UInt8] {
        switch kind {
        case .raw: return bytes
        case .digest:
            throw KMSFailure.validation(
                "Message type DIGEST is not valid for algorithm \(algorithm).")
        case .externalMu:
            throw KMSFailure.unsupported("Message type EXTERNAL_MU is not served by Apus.")
        }
    }
}

/// Signs and verifies with the material of a key.
enum Signatures {
    static func sign(
        _ message: SignedMessage, with material: [UInt8], _ spec: KeySpec
    ) throws -> [UInt8] {
        switch spec {
        case .rsa2048, .rsa3072, .rsa4096:
            let key = try _RSA.Signing.PrivateKey(derRepresentation: material)
            return [UInt8](
                try key.signature(for: message.digest(), padding: padding(message.algorithm))
                    .rawRepresentation)
        case .p256:
            let key = try P256.Signing.PrivateKey(derRepresentation: material)
            return [UInt8](try key.signature(for: message.digest()).derRepresentation)
        case .p384:
            let key = try P384.Signing.PrivateKey(derRepresentation: material)
            return [UInt8](try key.signature(for: message.digest()).derRepresentation)
        case .p521:
            let key = try P521.Signing.PrivateKey(derRepresentation: material)
            return [UInt8](try key.signature(for: message.digest()).derRepresentation)
        case .ed25519:
            return [UInt8](
                try EdwardsKey.privateKey(material).signature(for: message.wholeMessage()))
        case .mldsa65:
            let key = try MLDSA65.PrivateKey(seedRepresentation: material, publicKey: nil)
            return [UInt8](try key.signature(for: message.wholeMessage()))
        case .mldsa87:
            let key = try MLDSA87.PrivateKey(seedRepresentation: material, publicKey: nil)
            return [UInt8](try key.signature(for: message.wholeMessage()))
        case .symmetric, .hmac224, .hmac256, .hmac384, .hmac512:
            preconditionFailure("\(spec) does not sign")
        }
    }

    static func isValid(
        _ signature: [UInt8], of message: SignedMessage, with material: [UInt8], _ spec: KeySpec
    ) throws -> Bool {
        switch spec {
        case .rsa2048, .rsa3072, .rsa4096:
            let key = try _RSA.Signing.PrivateKey(derRepresentation: material).publicKey
            return try verify(
                _RSA.Signing.RSASignature(rawRepresentation: signature), message, with: key)
        case .p256:
            let key = try P256.Signing.PrivateKey(derRepresentation: material).publicKey
            let digest = try message.digest()
            guard let read = try? P256.Signing.ECDSASignature(derRepresentation: signature) else {
                return false
            }
            return key.isValidSignature(read, for: digest)
        case .p384:
            let key = try P384.Signing.PrivateKey(derRepresentation: material).publicKey
            let digest = try message.digest()
            guard let read = try? P384.Signing.ECDSASignature(derRepresentation: signature) else {
                return false
            }
            return key.isValidSignature(read, for: digest)
        case .p521:
            let key = try P521.Signing.PrivateKey(derRepresentation: material).publicKey
            let digest = try message.digest()
            guard let read = try? P521.Signing.ECDSASignature(derRepresentation: signature) else {
                return false
            }
            return key.isValidSignature(read, for: digest)
        case .ed25519:
            let key = try EdwardsKey.privateKey(material).publicKey
            return key.isValidSignature(signature, for: try message.wholeMessage())
        case .mldsa65:
            let key = try MLDSA65.PrivateKey(seedRepresentation: material, publicKey: nil)
            return key.publicKey.isValidSignature(signature, for: try message.wholeMessage())
        case .mldsa87:
            let key = try MLDSA87.PrivateKey(seedRepresentation: material, publicKey: nil)
            return key.publicKey.isValidSignature(signature, for: try message.wholeMessage())
        case .symmetric, .hmac224, .hmac256, .hmac384, .hmac512:
            preconditionFailure("\(spec) does not sign")
        }
    }

    private static func verify(
        _ signature: _RSA.Signing.RSASignature, _ message: SignedMessage,
        with key: _RSA.Signing.PublicKey
    ) throws -> Bool {
        key.isValidSignature(
            signature, for: try message.digest(), padding: padding(message.algorithm))
    }

    private static func padding(_ algorithm: String) -> _RSA.Signing.Padding {
        algorithm.hasPrefix("RSASSA_PSS") ? .PSS : .insecurePKCS1v1_5
    }
}
