import Crypto
import CryptoExtras
import KMSModel
import Platform
import TestKit
import Testing
import Wire

@testable import KMS

@Suite("Keys of several regions, and imported material")
struct SpecialKeyTests {
    @Test("a replica decrypts what its primary encrypted, also after a rotation")
    func replicas() async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey { $0.multiRegion = true }
        #expect(key.hasPrefix("mrk-"))
        let west = kms.cloud.context(region: "eu-west-1")
        let made = try await kms.call(
            KMSAPI.replicateKey, ReplicateKeyRequest(keyId: key, replicaRegion: "eu-west-1"))
        #expect(
            made.replicaKeyMetadata?.arn == "arn:aws:kms:eu-west-1:123456789012:key/\(key)")
        #expect(
            made.replicaKeyMetadata?.multiRegionConfiguration?.multiRegionKeyType == "REPLICA")
        func readInTheWest(_ blob: [UInt8]) async throws -> [UInt8]? {
            try await kms.call(KMSAPI.decrypt, DecryptRequest(ciphertextBlob: blob), in: west)
                .plaintext
        }
        #expect(try await readInTheWest(try await kms.encrypt("a", key)) == [97])
        _ = try await kms.call(
            KMSAPI.rotateKeyOnDemand, RotateKeyOnDemandRequest(keyId: key))
        #expect(try await readInTheWest(try await kms.encrypt("b", key)) == [98])
        await expectError("UnsupportedOperationException") {
            try await kms.call(
                KMSAPI.rotateKeyOnDemand, RotateKeyOnDemandRequest(keyId: key), in: west)
        }
        await expectError("AlreadyExistsException") {
            try await kms.call(
                KMSAPI.replicateKey, ReplicateKeyRequest(keyId: key, replicaRegion: "eu-west-1"))
        }
        _ = try await kms.call(
            KMSAPI.updatePrimaryRegion,
            UpdatePrimaryRegionRequest(keyId: key, primaryRegion: "eu-west-1"))
        let configuration = try await kms.describe(key).multiRegionConfiguration
        #expect(configuration?.multiRegionKeyType == "REPLICA")
        #expect(configuration?.primaryKey?.region == "eu-west-1")
        #expect(configuration?.replicaKeys?.map(\.region) == ["us-east-1"])
        let single = try await kms.makeKey()
        await expectError("UnsupportedOperationException") {
            try await kms.call(
                KMSAPI.replicateKey,
                ReplicateKeyRequest(keyId: single, replicaRegion: "eu-west-1"))
        }
    }

    @Test("a primary waits until its last replica is gone")
    func deletion() async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey { $0.multiRegion = true }
        let west = kms.cloud.context(region: "eu-west-1")
        _ = try await kms.call(
            KMSAPI.replicateKey, ReplicateKeyRequest(keyId: key, replicaRegion: "eu-west-1"))
        let schedule = ScheduleKeyDeletionRequest(keyId: key, pendingWindowInDays: 7)
        let waiting = try await kms.call(KMSAPI.scheduleKeyDeletion, schedule)
        #expect(waiting.keyState == "PendingReplicaDeletion")
        #expect(waiting.deletionDate == nil)
        _ = try await kms.call(KMSAPI.scheduleKeyDeletion, schedule, in: west)
        try await kms.withWork(.seconds(7 * 86_400)) {
            try await kms.describe(key).keyState == "PendingDeletion"
        }
        await expectError("NotFoundException") { _ = try await kms.describe(key, in: west) }
    }

    private func importMaterial(
        _ material: [UInt8], into key: String, _ kms: KMSCloud, spec: String = "RSA_2048",
        _ change: (inout ImportKeyMaterialRequest) -> Void = { _ in }
    ) async throws -> ImportKeyMaterialResponse {
        let parameters = try await kms.call(
            KMSAPI.getParametersForImport,
            GetParametersForImportRequest(
                keyId: key, wrappingAlgorithm: "RSAES_OAEP_SHA_256", wrappingKeySpec: spec))
        let wrapping = try _RSA.Encryption.PublicKey(
            derRepresentation: parameters.publicKey ?? [])
        var request = ImportKeyMaterialRequest(
            keyId: key, importToken: parameters.importToken ?? [],
            encryptedKeyMaterial: [UInt8](
                try wrapping.encrypt(material, padding: .PKCS1_OAEP_SHA256)),
            expirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE")
        change(&request)
        return try await kms.call(KMSAPI.importKeyMaterial, request)
    }

    @Test("a key of imported material waits for it, works with it, and takes only the same again")
    func imported() async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey { $0.origin = "EXTERNAL" }
        let arn = "arn:aws:kms:us-east-1:123456789012:key/\(key)"
        await expectError("KMSInvalidStateException", "\(arn) is pending import.") {
            _ = try await kms.encrypt("x", key)
        }
        let material = [UInt8](repeating: 3, count: 32)
        _ = try await importMaterial(material, into: key, kms)
        #expect(try await kms.describe(key).keyState == "Enabled")
        #expect(try await kms.describe(key).expirationModel == "KEY_MATERIAL_DOES_NOT_EXPIRE")
        let blob = try await kms.encrypt("x", key)
        _ = try await kms.call(
            KMSAPI.deleteImportedKeyMaterial, DeleteImportedKeyMaterialRequest(keyId: key))
        #expect(try await kms.describe(key).keyState == "PendingImport")
        await expectError("KMSInvalidStateException") { _ = try await kms.decrypt(blob) }
        await expectError("IncorrectKeyMaterialException") {
            _ = try await importMaterial([UInt8](repeating: 4, count: 32), into: key, kms)
        }
        _ = try await importMaterial(material, into: key, kms)
        #expect(try await kms.decrypt(blob) == "x")
        await expectError("InvalidCiphertextException") {
            _ = try await importMaterial([1, 2, 3], into: key, kms)
        }
    }

    @Test("imported material expires on its date")
    func expiry() async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey { $0.origin = "EXTERNAL" }
        let end = kms.cloud.clock.now + .seconds(3600)
        _ = try await importMaterial([UInt8](repeating: 3, count: 32), into: key, kms) {
            $0.expirationModel = "KEY_MATERIAL_EXPIRES"
            $0.validTo = end
        }
        #expect(try await kms.describe(key).validTo == end)
        try await kms.withWork(.seconds(3600)) {
            try await kms.describe(key).keyState == "PendingImport"
        }
    }

    @Test("new material waits for a rotation, after which the old one still decrypts")
    func importedRotation() async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey { $0.origin = "EXTERNAL" }
        let first = try await importMaterial([UInt8](repeating: 3, count: 32), into: key, kms)
        let blob = try await kms.encrypt("x", key)
        let second = try await importMaterial(
            [UInt8](repeating: 4, count: 32), into: key, kms
        ) { $0.importType = "NEW_KEY_MATERIAL" }
        #expect(try await kms.describe(key).currentKeyMaterialId == first.keyMaterialId)
        _ = try await kms.call(
            KMSAPI.rotateKeyOnDemand, RotateKeyOnDemandRequest(keyId: key))
        #expect(try await kms.describe(key).currentKeyMaterialId == second.keyMaterialId)
        #expect(try await kms.decrypt(blob) == "x")
    }

    @Test("an import token serves its own key, for a day")
    func tokens() async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey { $0.origin = "EXTERNAL" }
        let material = [UInt8](repeating: 3, count: 32)
        await expectError("InvalidImportTokenException") {
            _ = try await importMaterial(material, into: key, kms) { $0.importToken = [1, 2] }
        }
        await expectError("ExpiredImportTokenException") {
            _ = try await importMaterial(material, into: key, kms) { _ in
                kms.cloud.clock.advance(by: .seconds(24 * 3600))
            }
        }
        let own = try await kms.makeKey()
        await expectError("UnsupportedOperationException") {
            _ = try await importMaterial(material, into: own, kms)
        }
    }
}
