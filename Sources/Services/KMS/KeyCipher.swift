import KMSModel
import Platform
import ServiceKit
import Storage
import Wire

/// Encrypts and decrypts with keys.
struct KeyCipher: Sendable {
    let keys: KeyDirectory

    /// The condition keys of a request that encrypts or decrypts.
    func conditions(_ context: [String: String]?, algorithm: String?) -> [String: [String]] {
        var conditions = (try? EncryptionContext(context))?.conditionKeys ?? [:]
        conditions["kms:EncryptionAlgorithm"] = [algorithm ?? KeySpec.symmetric.rawValue]
        return conditions
    }

    /// Checks that a key is there to encrypt or decrypt by `algorithm`.
    ///
    /// - Throws: `InvalidKeyUsageException`, `DisabledException`, `KMSInvalidStateException`.
    func check(_ key: KeyRecord, _ algorithm: String, for operation: String) throws {
        try key.requireEnabled()
        try key.require(.encryptDecrypt, for: operation)
        try key.require(algorithm, among: key.spec.encryptionAlgorithms(for: key.usage))
    }

    func encrypt(
        _ plaintext: [UInt8], with key: KeyRecord, _ algorithm: String, _ context: EncryptionContext
    ) async throws -> (blob: [UInt8], materialID: String?) {
        let material = try await keys.store.currentMaterial(of: key)
        guard key.spec != .symmetric else {
            let blob = try CiphertextBlob.seal(
                plaintext, account: key.account, keyID: key.id, material: material,
                context: context, salt: keys.randomness.bytes(CiphertextBlob.saltBytes))
            return (blob, material.id)
        }
        try refuse(context, algorithm)
        let cipher = try AsymmetricCipher(material.bytes, algorithm: algorithm)
        guard plaintext.count <= cipher.largestPlaintext else {
            throw KMSFailure.validation(
                "Algorithm \(algorithm) and key spec \(key.spec.rawValue) cannot encrypt data "
                    + "larger than \(cipher.largestPlaintext) bytes.")
        }
        return (try cipher.encrypt(plaintext), nil)
    }

    /// - Throws: `InvalidCiphertextException`.
    func decrypt(
        _ blob: [UInt8], with key: KeyRecord, _ algorithm: String, _ context: EncryptionContext
    ) async throws -> (plaintext: [UInt8], materialID: String?) {
        guard key.spec == .symmetric else {
            try refuse(context, algorithm)
            let material = try await keys.store.currentMaterial(of: key)
            let cipher = try AsymmetricCipher(material.bytes, algorithm: algorithm)
            guard let plaintext = cipher.decrypt(blob) else { throw KMSFailure.invalidCiphertext }
            return (plaintext, nil)
        }
        guard let read = CiphertextBlob(blob) else { throw KMSFailure.invalidCiphertext }
        let material = try await keys.store.material(read.materialID, of: key.place)
        guard let material, let plaintext = read.open(with: material, context: context) else {
            throw KMSFailure.invalidCiphertext
        }
        return (plaintext, material.id)
    }

    private func refuse(_ context: EncryptionContext, _ algorithm: String) throws {
        guard context.pairs.isEmpty else {
            throw KMSFailure.validation(
                "Algorithm \(algorithm) does not take an encryption context.")
        }
    }

    /// The key that a ciphertext is to be decrypted with: the one that it names, which must be `keyID` where that is given,
    /// or `keyID` itself for the ciphertexts of RSA, which name none.
    ///
    /// - Throws: `InvalidCiphertextException`, `IncorrectKeyException`, `AccessDeniedException`, `NotFoundException`.
    func source(
        _ blob: [UInt8]?, keyID: String?, _ algorithm: String?, in context: RequestContext
    ) async throws -> KeyRecord {
        guard let blob else {
            throw KMSFailure.validation("CiphertextBlob is required.")
        }
        let given: KeyRecord?
        if let keyID { given = try await keys.find(keyID, in: context) } else { given = nil }
        if let given, given.spec != .symmetric || algorithm?.hasPrefix("RSAES") == true {
            return given
        }
        guard algorithm == nil || algorithm == KeySpec.symmetric.rawValue else {
            throw KMSFailure.validation(
                "Missing KeyId: it is required for the algorithm \(algorithm ?? "").")
        }
        guard let read = CiphertextBlob(blob) else { throw KMSFailure.invalidCiphertext }
        let place = KeyPlace(account: read.account, region: context.region, id: read.keyID)
        if let given {
            guard given.place == place else { throw KMSFailure.incorrectKey }
            return given
        }
        guard let key = try await keys.store.database.read({ try $0.optionalKey(place) }) else {
            throw KMSFailure.foreignCiphertext
        }
        return key
    }

    // MARK: - Data keys

    /// A secret in clear and encrypted.
    struct DataKey: Sendable {
        var plaintext: [UInt8]
        var blob: [UInt8]
        var keyARN: String
        var materialID: String?
    }

    /// Makes a data key.
    func dataKey(
        _ bytes: Int, under keyID: String, _ pairs: [String: String]?, for operation: String,
        in context: RequestContext
    ) async throws -> DataKey {
        let key = try await symmetricKey(keyID, for: operation, in: context)
        return try await wrap(
            keys.randomness.bytes(bytes), with: key, EncryptionContext(pairs), in: context)
    }

    /// Makes a pair of data keys.
    func dataKeyPair(
        _ specName: String, under keyID: String, _ pairs: [String: String]?,
        for operation: String, in context: RequestContext
    ) async throws -> (secret: DataKey, publicKey: [UInt8]) {
        let key = try await symmetricKey(keyID, for: operation, in: context)
        guard let spec = KeySpec(rawValue: specName), spec.isAsymmetric else {
            throw KMSFailure.unsupported("KeyPairSpec \(specName) is not served by Apus.")
        }
        let encryptionContext = try EncryptionContext(pairs)
        let secret = try await keys.maker.make(spec)
        let wrapped = try await wrap(secret, with: key, encryptionContext, in: context)
        return (wrapped, try PublicKeys.der(of: secret, spec))
    }

    private func symmetricKey(
        _ keyID: String, for operation: String, in context: RequestContext
    ) async throws -> KeyRecord {
        let key = try await keys.find(keyID, in: context)
        try key.requireEnabled()
        try key.require(.encryptDecrypt, for: operation)
        try key.requireSymmetric(for: operation)
        return key
    }

    private func wrap(
        _ secret: [UInt8], with key: KeyRecord, _ encryptionContext: EncryptionContext,
        in context: RequestContext
    ) async throws -> DataKey {
        let encrypted = try await encrypt(
            secret, with: key, KeySpec.symmetric.rawValue, encryptionContext)
        return DataKey(
            plaintext: secret, blob: encrypted.blob,
            keyARN: key.arn(partition: context.partition), materialID: encrypted.materialID)
    }
}
