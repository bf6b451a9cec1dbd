import KMSModel
import ServiceKit
import Wire

/// Decrypts and encrypts again under another key or context; the plaintext stays inside.
///
/// Source: API_ReEncrypt in the KMS API Reference.
struct ReEncrypt: OperationHandler {
    static let operation = KMSAPI.reEncrypt
    let cipher: KeyCipher

    func access(
        for input: ReEncryptRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let source = try await cipher.source(
            input.ciphertextBlob, keyID: input.sourceKeyId, input.sourceEncryptionAlgorithm,
            in: context)
        let target = try await cipher.keys.find(input.destinationKeyId, in: context)
        let isSame = ["kms:ReEncryptOnSameKey": ["\(source.place == target.place)"]]
        let reading = cipher.conditions(
            input.sourceEncryptionContext, algorithm: input.sourceEncryptionAlgorithm)
        let writing = cipher.conditions(
            input.destinationEncryptionContext, algorithm: input.destinationEncryptionAlgorithm)
        return [
            try await cipher.keys.access(
                "kms:ReEncryptFrom", to: source, in: context, reading.merging(isSame) { $1 },
                encryptionContext: input.sourceEncryptionContext),
            try await cipher.keys.access(
                "kms:ReEncryptTo", to: target, in: context, writing.merging(isSame) { $1 },
                encryptionContext: input.destinationEncryptionContext),
        ]
    }

    func handle(
        _ input: ReEncryptRequest, in context: RequestContext
    ) async throws -> ReEncryptResponse {
        guard input.dryRunModifiers?.isEmpty ?? true else {
            throw CommonError.notServed(operation: "ReEncrypt with DryRunModifiers", service: "KMS")
        }
        let reading = input.sourceEncryptionAlgorithm ?? KeySpec.symmetric.rawValue
        let writing = input.destinationEncryptionAlgorithm ?? KeySpec.symmetric.rawValue
        let source = try await cipher.source(
            input.ciphertextBlob, keyID: input.sourceKeyId, reading, in: context)
        let target = try await cipher.keys.find(input.destinationKeyId, in: context)
        try cipher.check(source, reading, for: "ReEncrypt")
        try cipher.check(target, writing, for: "ReEncrypt")
        let decrypted = try await cipher.decrypt(
            input.ciphertextBlob ?? [], with: source, reading,
            EncryptionContext(input.sourceEncryptionContext))
        let encrypted = try await cipher.encrypt(
            decrypted.plaintext, with: target, writing,
            EncryptionContext(input.destinationEncryptionContext))
        try KMSFailure.endDryRun(input.dryRun)
        return ReEncryptResponse(
            ciphertextBlob: encrypted.blob, sourceKeyId: source.arn(partition: context.partition),
            keyId: target.arn(partition: context.partition), sourceEncryptionAlgorithm: reading,
            destinationEncryptionAlgorithm: writing, sourceKeyMaterialId: decrypted.materialID,
            destinationKeyMaterialId: encrypted.materialID)
    }
}
