import Crypto
import CryptoExtras
import Platform

/// The secret of a key: bytes for symmetric keys and HMAC, the private key's PKCS #8 DER or seed for pairs.
///
/// It is never logged, answered or stored as it is.
struct Material: Sendable {
    /// 64 hexadecimal digits that the same material of the same key always has, and from which nothing can be learned.
    let id: String
    let bytes: [UInt8]

    /// Names `bytes` as material of the key `keyID`.
    init(_ bytes: [UInt8], of keyID: String) {
        let code = HMAC<SHA256>.authenticationCode(
            for: Array("apus kms material \(keyID)".utf8), using: SymmetricKey(data: bytes))
        self.id = Hexadecimal.string(code)
        self.bytes = bytes
    }

    /// Gives back what was stored.
    init(id: String, bytes: [UInt8]) {
        self.id = id
        self.bytes = bytes
    }
}

/// Makes the secrets of keys, on threads of its own where that takes long.
struct KeyMaker: Sendable {
    private let threads = ThreadPool(name: "key-maker", maximumThreads: KMSLimits.keyMakers)
    let randomness: any Randomness

    init(randomness: any Randomness) {
        self.randomness = randomness
    }

    /// The bytes of a new secret.
    func make(_ spec: KeySpec) async throws -> [UInt8] {
        if let count = spec.secretBytes { return randomness.bytes(count) }
        if let bits = spec.modulusBits {
            return try await threads.run {
                [UInt8](
                    try _RSA.Signing.PrivateKey(keySize: .init(bitCount: bits))
                        .pkcs8DERRepresentation)
            }
        }
        return try Self.pair(spec)
    }

    private static func pair(_ spec: KeySpec) throws -> [UInt8] {
        switch spec {
        case .p256: [UInt8](P256.Signing.PrivateKey().derRepresentation)
        case .p384: [UInt8](P384.Signing.PrivateKey().derRepresentation)
        case .p521: [UInt8](P521.Signing.PrivateKey().derRepresentation)
        case .ed25519:
            DER.ed25519PrivatePrefix + [UInt8](Curve25519.Signing.PrivateKey().rawRepresentation)
        case .mldsa65: [UInt8](try MLDSA65.PrivateKey().seedRepresentation)
        case .mldsa87: [UInt8](try MLDSA87.PrivateKey().seedRepresentation)
        default: preconditionFailure("\(spec) is no pair of curves or lattices")
        }
    }
}
