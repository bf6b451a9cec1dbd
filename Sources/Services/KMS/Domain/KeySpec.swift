/// What kind of key a key is.
///
/// Source: "Key spec reference" in the KMS Developer Guide.
enum KeySpec: String, Sendable {
    case symmetric = "SYMMETRIC_DEFAULT"
    case rsa2048 = "RSA_2048"
    case rsa3072 = "RSA_3072"
    case rsa4096 = "RSA_4096"
    case p256 = "ECC_NIST_P256"
    case p384 = "ECC_NIST_P384"
    case p521 = "ECC_NIST_P521"
    case ed25519 = "ECC_NIST_EDWARDS25519"
    case hmac224 = "HMAC_224"
    case hmac256 = "HMAC_256"
    case hmac384 = "HMAC_384"
    case hmac512 = "HMAC_512"
    case mldsa65 = "ML_DSA_65"
    case mldsa87 = "ML_DSA_87"

    /// The kinds that are worked with in the same manner.
    enum Family: Sendable {
        case symmetric, rsa, nistCurve, edwards, hmac, latticeSignature
    }

    var family: Family {
        switch self {
        case .symmetric: .symmetric
        case .rsa2048, .rsa3072, .rsa4096: .rsa
        case .p256, .p384, .p521: .nistCurve
        case .ed25519: .edwards
        case .hmac224, .hmac256, .hmac384, .hmac512: .hmac
        case .mldsa65, .mldsa87: .latticeSignature
        }
    }

    /// Whether the key has a public half.
    var isAsymmetric: Bool {
        switch family {
        case .rsa, .nistCurve, .edwards, .latticeSignature: true
        case .symmetric, .hmac: false
        }
    }

    /// What keys of this kind can be made for.
    var usages: [KeyUsage] {
        switch family {
        case .symmetric: [.encryptDecrypt]
        case .rsa: [.encryptDecrypt, .signVerify]
        case .nistCurve: [.signVerify, .keyAgreement]
        case .edwards, .latticeSignature: [.signVerify]
        case .hmac: [.mac]
        }
    }

    /// The bits of an RSA key's modulus.
    var modulusBits: Int? {
        switch self {
        case .rsa2048: 2048
        case .rsa3072: 3072
        case .rsa4096: 4096
        default: nil
        }
    }

    /// The bytes of a secret that is no key pair.
    var secretBytes: Int? {
        switch self {
        case .symmetric, .hmac256: 32
        case .hmac224: 28
        case .hmac384: 48
        case .hmac512: 64
        default: nil
        }
    }

    /// The encryption algorithms of a key of this kind for `usage`.
    func encryptionAlgorithms(for usage: KeyUsage) -> [String]? {
        guard usage == .encryptDecrypt else { return nil }
        return self == .symmetric
            ? ["SYMMETRIC_DEFAULT"] : ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"]
    }

    /// The signing algorithms of a key of this kind for `usage`.
    func signingAlgorithms(for usage: KeyUsage) -> [String]? {
        guard usage == .signVerify else { return nil }
        switch self {
        case .rsa2048, .rsa3072, .rsa4096:
            return [
                "RSASSA_PKCS1_V1_5_SHA_256", "RSASSA_PKCS1_V1_5_SHA_384",
                "RSASSA_PKCS1_V1_5_SHA_512", "RSASSA_PSS_SHA_256", "RSASSA_PSS_SHA_384",
                "RSASSA_PSS_SHA_512",
            ]
        case .p256: return ["ECDSA_SHA_256"]
        case .p384: return ["ECDSA_SHA_384"]
        case .p521: return ["ECDSA_SHA_512"]
        case .ed25519: return ["ED25519_SHA_512"]
        case .mldsa65, .mldsa87: return ["ML_DSA_SHAKE_256"]
        case .symmetric, .hmac224, .hmac256, .hmac384, .hmac512: return nil
        }
    }

    /// The MAC algorithms of a key of this kind.
    var macAlgorithms: [String]? {
        switch self {
        case .hmac224: ["HMAC_SHA_224"]
        case .hmac256: ["HMAC_SHA_256"]
        case .hmac384: ["HMAC_SHA_384"]
        case .hmac512: ["HMAC_SHA_512"]
        default: nil
        }
    }
}

/// What a key is used for.
enum KeyUsage: String, Sendable {
    case encryptDecrypt = "ENCRYPT_DECRYPT"
    case signVerify = "SIGN_VERIFY"
    case mac = "GENERATE_VERIFY_MAC"
    case keyAgreement = "KEY_AGREEMENT"
}
