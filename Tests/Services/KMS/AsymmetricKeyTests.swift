import Crypto
import KMSModel
import Platform
import TestKit
import Testing
import Wire

@testable import KMS

@Suite("Asymmetric and MAC keys")
struct AsymmetricKeyTests {
    private static let signing: [(spec: String, algorithm: String)] = [
        ("RSA_2048", "RSASSA_PKCS1_V1_5_SHA_256"), ("RSA_2048", "RSASSA_PKCS1_V1_5_SHA_384"),
        ("RSA_2048", "RSASSA_PKCS1_V1_5_SHA_512"), ("RSA_2048", "RSASSA_PSS_SHA_256"),
        ("RSA_2048", "RSASSA_PSS_SHA_384"), ("RSA_2048", "RSASSA_PSS_SHA_512"),
        ("ECC_NIST_P256", "ECDSA_SHA_256"), ("ECC_NIST_P384", "ECDSA_SHA_384"),
        ("ECC_NIST_P521", "ECDSA_SHA_512"), ("ECC_NIST_EDWARDS25519", "ED25519_SHA_512"),
        ("ML_DSA_65", "ML_DSA_SHAKE_256"), ("ML_DSA_87", "ML_DSA_SHAKE_256"),
    ]

    @Test("signatures verify, and those of another message do not", arguments: signing)
    func signatures(_ spec: String, _ algorithm: String) async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey(spec, "SIGN_VERIFY")
        let message = Array("message".utf8)
        let signature = try await kms.call(
            KMSAPI.sign,
            SignRequest(keyId: key, message: message, signingAlgorithm: algorithm)
        ).signature
        var verify = VerifyRequest(
            keyId: key, message: message, signature: signature ?? [], signingAlgorithm: algorithm)
        #expect(try await kms.call(KMSAPI.verify, verify).signatureValid == true)
        verify.message = Array("massage".utf8)
        await expectError("KMSInvalidSignatureException") {
            try await kms.call(KMSAPI.verify, verify)
        }
        verify.message = message
        verify.signature = [1, 2, 3]
        await expectError("KMSInvalidSignatureException") {
            try await kms.call(KMSAPI.verify, verify)
        }
    }

    @Test(
        "a digest is signed as its message is",
        arguments: signing.filter {
            $0.algorithm.contains("SA_P") || $0.algorithm.contains("DSA_SHA_")
        })
    func digests(_ spec: String, _ algorithm: String) async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey(spec, "SIGN_VERIFY")
        let message = Array("message".utf8)
        let digest: [UInt8] =
            switch algorithm.suffix(3) {
            case "256": Array(SHA256.hash(data: message))
            case "384": Array(SHA384.hash(data: message))
            default: Array(SHA512.hash(data: message))
            }
        let signature = try await kms.call(
            KMSAPI.sign,
            SignRequest(
                keyId: key, message: digest, messageType: "DIGEST", signingAlgorithm: algorithm)
        ).signature
        let verify = VerifyRequest(
            keyId: key, message: message, signature: signature ?? [], signingAlgorithm: algorithm)
        #expect(try await kms.call(KMSAPI.verify, verify).signatureValid == true)
        await expectError(
            "ValidationException", "Digest is invalid length for algorithm \(algorithm)."
        ) {
            try await kms.call(
                KMSAPI.sign,
                SignRequest(
                    keyId: key, message: [1], messageType: "DIGEST", signingAlgorithm: algorithm))
        }
    }

    @Test("RSA encrypts what fits", arguments: ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"])
    func encryption(_ algorithm: String) async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey("RSA_2048", "ENCRYPT_DECRYPT")
        let largest = algorithm == "RSAES_OAEP_SHA_1" ? 214 : 190
        var request = EncryptRequest(
            keyId: key, plaintext: [UInt8](repeating: 5, count: largest),
            encryptionAlgorithm: algorithm)
        let blob = try await kms.call(KMSAPI.encrypt, request).ciphertextBlob
        let opened = try await kms.call(
            KMSAPI.decrypt,
            DecryptRequest(ciphertextBlob: blob, keyId: key, encryptionAlgorithm: algorithm))
        #expect(opened.plaintext == request.plaintext)
        request.plaintext.append(5)
        await expectError(
            "ValidationException",
            "Algorithm \(algorithm) and key spec RSA_2048 cannot encrypt data larger than "
                + "\(largest) bytes."
        ) {
            try await kms.call(KMSAPI.encrypt, request)
        }
        await expectError("InvalidCiphertextException") {
            try await kms.call(
                KMSAPI.decrypt,
                DecryptRequest(
                    ciphertextBlob: [1, 2, 3], keyId: key, encryptionAlgorithm: algorithm))
        }
    }

    @Test(
        "two keys agree on the same secret",
        arguments: ["ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521"])
    func agreement(_ spec: String) async throws {
        let kms = try await KMSCloud()
        let one = try await kms.makeKey(spec, "KEY_AGREEMENT")
        let two = try await kms.makeKey(spec, "KEY_AGREEMENT")
        func secret(_ own: String, with other: String) async throws -> [UInt8]? {
            let key = try await kms.call(KMSAPI.getPublicKey, GetPublicKeyRequest(keyId: other))
            return try await kms.call(
                KMSAPI.deriveSharedSecret,
                DeriveSharedSecretRequest(
                    keyId: own, keyAgreementAlgorithm: "ECDH", publicKey: key.publicKey ?? [])
            ).sharedSecret
        }
        let shared = try await secret(one, with: two)
        #expect(shared?.isEmpty == false)
        #expect(try await secret(two, with: one) == shared)
    }

    @Test(
        "codes verify, and those of another message do not",
        arguments: [("HMAC_224", 28), ("HMAC_256", 32), ("HMAC_384", 48), ("HMAC_512", 64)])
    func codes(_ spec: String, _ bytes: Int) async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey(spec, "GENERATE_VERIFY_MAC")
        let algorithm = spec.replacing("_", with: "_SHA_")
        let mac = try await kms.call(
            KMSAPI.generateMac,
            GenerateMacRequest(message: [1, 2, 3], keyId: key, macAlgorithm: algorithm)
        ).mac
        #expect(mac?.count == bytes)
        var verify = VerifyMacRequest(
            message: [1, 2, 3], keyId: key, macAlgorithm: algorithm, mac: mac ?? [])
        #expect(try await kms.call(KMSAPI.verifyMac, verify).macValid == true)
        verify.message = [1, 2]
        await expectError("KMSInvalidMacException") { try await kms.call(KMSAPI.verifyMac, verify) }
    }

    // Test vectors: RFC 4231 (test case 2, and 6 with its long key) and FIPS 180-4's example.
    @Test("SHA-224 and its HMAC are those of the standards")
    func sha224() {
        #expect(
            Hexadecimal.string(SHA224.hash(Array("abc".utf8)))
                == "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7")
        #expect(
            Hexadecimal.string(SHA224.hash([]))
                == "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f")
        #expect(
            Hexadecimal.string(
                SHA224.authenticationCode(
                    of: Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8)))
                == "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44")
        #expect(
            Hexadecimal.string(
                SHA224.authenticationCode(
                    of: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
                    key: [UInt8](repeating: 0xAA, count: 131)))
                == "95e9a0db962095adaebe9b2d6f0dbce2d499f112f2d2b7273fa6870e")
    }

    // Test vectors: RFC 5649, section 6.
    @Test("key wrap with padding opens what the standard's examples wrapped")
    func keyWrap() throws {
        let key = try #require(
            Hexadecimal.bytes("5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8"))
        let long = try #require(
            Hexadecimal.bytes("138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a"))
        let short = try #require(Hexadecimal.bytes("afbeb0f07dfbf5419200f2ccb50bb24f"))
        let opener = SymmetricKey(data: key)
        #expect(
            try KeyWrap.unwrap(long, key: opener).map { Hexadecimal.string($0) }
                == "c37b7e6492584340bed12207808941155068f738")
        #expect(
            try KeyWrap.unwrap(short, key: opener).map { Hexadecimal.string($0) }
                == "466f7250617369")
        for index in long.indices {
            var changed = long
            changed[index] ^= 1
            #expect(try KeyWrap.unwrap(changed, key: opener) == nil)
        }
    }

    @Test("a key does only what it is made for")
    func usage() async throws {
        let kms = try await KMSCloud()
        let signer = try await kms.makeKey("ECC_NIST_P256", "SIGN_VERIFY")
        let arn = "arn:aws:kms:us-east-1:123456789012:key/\(signer)"
        await expectError(
            "InvalidKeyUsageException",
            "\(arn) key usage is SIGN_VERIFY which is not valid for Encrypt."
        ) {
            _ = try await kms.encrypt("x", signer)
        }
        await expectError(
            "InvalidKeyUsageException",
            "Algorithm ECDSA_SHA_384 is incompatible with key spec ECC_NIST_P256."
        ) {
            try await kms.call(
                KMSAPI.sign,
                SignRequest(keyId: signer, message: [1], signingAlgorithm: "ECDSA_SHA_384"))
        }
        let symmetric = try await kms.makeKey()
        await expectError("UnsupportedOperationException") {
            try await kms.call(KMSAPI.getPublicKey, GetPublicKeyRequest(keyId: symmetric))
        }
        await expectError("UnsupportedOperationException") {
            try await kms.call(
                KMSAPI.enableKeyRotation, EnableKeyRotationRequest(keyId: signer))
        }
    }

    @Test(
        "a key that cannot be is refused",
        arguments: [
            ("SYMMETRIC_DEFAULT", "SIGN_VERIFY", "ValidationException"),
            ("RSA_2048", nil, "ValidationException"),
            ("RSA_2048", "GENERATE_VERIFY_MAC", "ValidationException"),
            ("ECC_SECG_P256K1", "SIGN_VERIFY", "UnsupportedOperationException"),
            ("ML_DSA_44", "SIGN_VERIFY", "UnsupportedOperationException"),
        ])
    func impossible(_ spec: String, _ usage: String?, _ code: String) async throws {
        let kms = try await KMSCloud()
        await expectError(code) { _ = try await kms.makeKey(spec, usage) }
    }
}
