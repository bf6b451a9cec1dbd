import KMSModel
import Platform
import ServiceKit
import Storage
import TestKit
import Testing
import Wire

@testable import KMS

@Suite("Symmetric keys")
struct SymmetricKeyTests {
    @Test("what a key encrypts it decrypts, and tells which key it was")
    func roundTrip() async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey()
        let blob = try await kms.encrypt("secret", key, ["a": "1", "b": "2"])
        let answer = try await kms.call(
            KMSAPI.decrypt,
            DecryptRequest(ciphertextBlob: blob, encryptionContext: ["b": "2", "a": "1"]))
        #expect(answer.plaintext == Array("secret".utf8))
        #expect(answer.keyId == "arn:aws:kms:us-east-1:123456789012:key/\(key)")
        #expect(answer.encryptionAlgorithm == "SYMMETRIC_DEFAULT")
        #expect(answer.keyMaterialId?.utf8.count == 64)
        let again = try await kms.encrypt("secret", key, ["a": "1", "b": "2"])
        #expect(again != blob)
    }

    @Test(
        "another encryption context does not decrypt",
        arguments: [
            nil, [:], ["a": "2"], ["A": "1"], ["a": "1", "b": "2"], ["1": "a"], ["": "a1"],
        ])
    func otherContext(_ other: [String: String]?) async throws {
        let kms = try await KMSCloud()
        let blob = try await kms.encrypt("secret", try await kms.makeKey(), ["a": "1"])
        await expectError("InvalidCiphertextException", "") {
            _ = try await kms.decrypt(blob, other)
        }
    }

    @Test("no change of a ciphertext, and no part of one, decrypts")
    func fuzz() async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey()
        let blob = try await kms.encrypt("secret", key)
        var wrong: [[UInt8]] = (1..<blob.count).map { Array(blob[..<$0]) }
        for index in blob.indices {
            for bit in [UInt8(1), 0x80] {
                var changed = blob
                changed[index] ^= bit
                wrong.append(changed)
            }
        }
        for seed in 0..<200 {
            let random = SeededRandomness(seed: UInt64(seed))
            wrong.append(random.bytes(1 + seed))
            wrong.append([1, 0] + random.bytes(100))
        }
        for bytes in wrong {
            do {
                _ = try await kms.decrypt(bytes)
                Issue.record("\(bytes) decrypts")
            } catch let error as AWSError {
                #expect(
                    ["InvalidCiphertextException", "AccessDeniedException"].contains(error.code))
            }
        }
    }

    @Test("a ciphertext says of which key it is, and another key is refused")
    func otherKey() async throws {
        let kms = try await KMSCloud()
        let (one, two) = (try await kms.makeKey(), try await kms.makeKey())
        let blob = try await kms.encrypt("secret", one)
        #expect(try await kms.decrypt(blob, key: one) == "secret")
        await expectError("IncorrectKeyException") { _ = try await kms.decrypt(blob, key: two) }
        let elsewhere = kms.cloud.context(region: "eu-west-1")
        await expectError("AccessDeniedException") {
            _ = try await kms.call(
                KMSAPI.decrypt, DecryptRequest(ciphertextBlob: blob), in: elsewhere)
        }
    }

    @Test("to encrypt again moves a secret to another key and context")
    func reEncrypt() async throws {
        let kms = try await KMSCloud()
        let (one, two) = (try await kms.makeKey(), try await kms.makeKey())
        let blob = try await kms.encrypt("secret", one, ["a": "1"])
        let answer = try await kms.call(
            KMSAPI.reEncrypt,
            ReEncryptRequest(
                ciphertextBlob: blob, sourceEncryptionContext: ["a": "1"], destinationKeyId: two,
                destinationEncryptionContext: ["b": "2"]))
        #expect(answer.keyId?.hasSuffix(two) == true)
        #expect(answer.sourceKeyId?.hasSuffix(one) == true)
        #expect(try await kms.decrypt(answer.ciphertextBlob ?? [], ["b": "2"]) == "secret")
    }

    @Test("data keys come in clear and encrypted")
    func dataKeys() async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey()
        let made = try await kms.call(
            KMSAPI.generateDataKey, GenerateDataKeyRequest(keyId: key, keySpec: "AES_128"))
        #expect(made.plaintext?.count == 16)
        let opened = try await kms.call(
            KMSAPI.decrypt, DecryptRequest(ciphertextBlob: made.ciphertextBlob))
        #expect(opened.plaintext == made.plaintext)
        let blind = try await kms.call(
            KMSAPI.generateDataKeyWithoutPlaintext,
            GenerateDataKeyWithoutPlaintextRequest(keyId: key, numberOfBytes: 1024))
        let seen = try await kms.call(
            KMSAPI.decrypt, DecryptRequest(ciphertextBlob: blind.ciphertextBlob))
        #expect(seen.plaintext?.count == 1024)
        await expectError(
            "ValidationException", "Please specify either number of bytes or key spec."
        ) {
            try await kms.call(KMSAPI.generateDataKey, GenerateDataKeyRequest(keyId: key))
        }
        await expectError("DryRunOperationException", status: 412) {
            try await kms.call(
                KMSAPI.generateDataKey,
                GenerateDataKeyRequest(keyId: key, keySpec: "AES_256", dryRun: true))
        }
    }

    @Test("data key pairs come with their public half")
    func dataKeyPairs() async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey()
        let made = try await kms.call(
            KMSAPI.generateDataKeyPair,
            GenerateDataKeyPairRequest(keyId: key, keyPairSpec: "ECC_NIST_P256"))
        let secret = try #require(made.privateKeyPlaintext)
        #expect(try PublicKeys.der(of: secret, .p256) == made.publicKey)
        let opened = try await kms.call(
            KMSAPI.decrypt, DecryptRequest(ciphertextBlob: made.privateKeyCiphertextBlob))
        #expect(opened.plaintext == secret)
        let blind = try await kms.call(
            KMSAPI.generateDataKeyPairWithoutPlaintext,
            GenerateDataKeyPairWithoutPlaintextRequest(
                keyId: key, keyPairSpec: "ECC_NIST_EDWARDS25519"))
        #expect(blind.publicKey?.count == 44)
        await expectError("UnsupportedOperationException") {
            try await kms.call(
                KMSAPI.generateDataKeyPair,
                GenerateDataKeyPairRequest(keyId: key, keyPairSpec: "ECC_SECG_P256K1"))
        }
    }

    @Test("after a rotation, what was encrypted before is still read")
    func rotation() async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey()
        let before = try await kms.encrypt("old", key)
        let first = try await kms.describe(key).currentKeyMaterialId
        _ = try await kms.call(
            KMSAPI.rotateKeyOnDemand, RotateKeyOnDemandRequest(keyId: key))
        let second = try await kms.describe(key).currentKeyMaterialId
        #expect(first != second)
        #expect(try await kms.decrypt(before) == "old")
        let after = try await kms.encrypt("new", key)
        let read = try await kms.call(KMSAPI.decrypt, DecryptRequest(ciphertextBlob: after))
        #expect(read.keyMaterialId == second)
        let rotations = try await kms.call(
            KMSAPI.listKeyRotations, ListKeyRotationsRequest(keyId: key)
        ).rotations
        #expect(rotations?.map(\.rotationType) == ["ON_DEMAND"])
        #expect(rotations?.map(\.keyMaterialState) == ["CURRENT"])
        let all = try await kms.call(
            KMSAPI.listKeyRotations,
            ListKeyRotationsRequest(keyId: key, includeKeyMaterial: "ALL_KEY_MATERIAL")
        ).rotations
        #expect(all?.map(\.keyMaterialId) == [first, second])
    }

    @Test("a key rotates by itself when its period is over")
    func automaticRotation() async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey()
        let before = try await kms.describe(key).currentKeyMaterialId
        _ = try await kms.call(
            KMSAPI.enableKeyRotation,
            EnableKeyRotationRequest(keyId: key, rotationPeriodInDays: 90))
        let status = try await kms.call(
            KMSAPI.getKeyRotationStatus, GetKeyRotationStatusRequest(keyId: key))
        #expect(status.keyRotationEnabled == true)
        #expect(status.rotationPeriodInDays == 90)
        #expect(status.nextRotationDate == kms.cloud.clock.now + .seconds(90 * 86_400))
        try await kms.withWork(.seconds(90 * 86_400)) {
            try await kms.describe(key).currentKeyMaterialId != before
        }
        let rotations = try await kms.call(
            KMSAPI.listKeyRotations, ListKeyRotationsRequest(keyId: key)
        ).rotations
        #expect(rotations?.map(\.rotationType) == ["AUTOMATIC"])
        _ = try await kms.call(
            KMSAPI.disableKeyRotation, DisableKeyRotationRequest(keyId: key))
        let ended = try await kms.call(
            KMSAPI.getKeyRotationStatus, GetKeyRotationStatusRequest(keyId: key))
        #expect(ended.keyRotationEnabled == false)
    }

    @Test("no secret lies in the database in clear")
    func atRest() async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey()
        let made = try await kms.call(
            KMSAPI.createKey, CreateKeyRequest(keyUsage: "SIGN_VERIFY", keySpec: "ECC_NIST_P256"))
        let sealed = try await kms.database.read { transaction in
            try transaction.query("SELECT key_id, sealed FROM materials").map {
                (id: $0.string(0), bytes: $0.bytes(1))
            }
        }
        #expect(Set(sealed.map(\.id)) == [key, made.keyMetadata?.keyId ?? ""])
        let root = kms.cloud.dependencies.rootKey
        for (id, bytes) in sealed {
            #expect(root.open(bytes, for: "kms material", bindingTo: id) == nil)
            #expect(bytes.first == 1)
        }
    }

    @Test("a database that is sealed with another root key is refused")
    func otherRootKey() async throws {
        let kms = try await KMSCloud()
        try await RootKeyCheck.adopt(kms.cloud.dependencies.rootKey, in: kms.database)
        await #expect(throws: RootKeyCheck.Mismatch.self) {
            try await RootKeyCheck.adopt(
                RootKey([UInt8](repeating: 8, count: 32)), in: kms.database)
        }
    }
}
