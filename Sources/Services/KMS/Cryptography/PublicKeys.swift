import Crypto
import CryptoExtras

/// The public halves of pairs, as a SubjectPublicKeyInfo in DER (RFC 5280), which is how KMS answers them.
enum PublicKeys {
    static func der(of material: [UInt8], _ spec: KeySpec) throws -> [UInt8] {
        switch spec {
        case .rsa2048, .rsa3072, .rsa4096:
            return [UInt8](
                try _RSA.Signing.PrivateKey(derRepresentation: material).publicKey
                    .derRepresentation)
        case .p256:
            return [UInt8](
                try P256.Signing.PrivateKey(derRepresentation: material).publicKey
                    .derRepresentation)
        case .p384:
            return [UInt8](
                try P384.Signing.PrivateKey(derRepresentation: material).publicKey
                    .derRepresentation)
        case .p521:
            return [UInt8](
                try P521.Signing.PrivateKey(derRepresentation: material).publicKey
                    .derRepresentation)
        case .ed25519:
            let key = try EdwardsKey.privateKey(material).publicKey
            return DER.ed25519PublicPrefix + [UInt8](key.rawRepresentation)
        case .mldsa65:
            let key = try MLDSA65.PrivateKey(seedRepresentation: material, publicKey: nil)
            return DER.latticePublicKey([UInt8](key.publicKey.rawRepresentation), algorithm: 0x12)
        case .mldsa87:
            let key = try MLDSA87.PrivateKey(seedRepresentation: material, publicKey: nil)
            return DER.latticePublicKey([UInt8](key.publicKey.rawRepresentation), algorithm: 0x13)
        case .symmetric, .hmac224, .hmac256, .hmac384, .hmac512:
            preconditionFailure("\(spec) has no public half")
        }
    }
}

/// Ed25519's private keys, which are stored as PKCS #8.
enum EdwardsKey {
    static func privateKey(_ material: [UInt8]) throws -> Curve25519.Signing.PrivateKey {
        try Curve25519.Signing.PrivateKey(
            rawRepresentation: material.dropFirst(DER.ed25519PrivatePrefix.count))
    }
}
