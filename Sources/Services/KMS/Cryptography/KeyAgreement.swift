import Crypto

/// Elliptic-curve Diffie-Hellman, as `DeriveSharedSecret` does it.
enum KeyAgreement {
    /// The secret that a private key shares with the owner of a public key; `nil` where that is no point of the same curve.
    ///
    /// - Parameter publicKey: a SubjectPublicKeyInfo in DER.
    static func secret(of material: [UInt8], _ spec: KeySpec, with publicKey: [UInt8]) -> [UInt8]? {
        let secret: SharedSecret?
        switch spec {
        case .p256:
            secret = try? P256.KeyAgreement.PrivateKey(derRepresentation: material)
                .sharedSecretFromKeyAgreement(with: .init(derRepresentation: publicKey))
        case .p384:
            secret = try? P384.KeyAgreement.PrivateKey(derRepresentation: material)
                .sharedSecretFromKeyAgreement(with: .init(derRepresentation: publicKey))
        case .p521:
            secret = try? P521.KeyAgreement.PrivateKey(derRepresentation: material)
                .sharedSecretFromKeyAgreement(with: .init(derRepresentation: publicKey))
        default: preconditionFailure("\(spec) agrees with nobody")
        }
        return secret.map { $0.withUnsafeBytes { Array($0) } }
    }
}
