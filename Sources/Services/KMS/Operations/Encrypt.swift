import KMSModel
import ServiceKit
import Wire

/// Encrypts up to 4096 bytes.
///
/// Source: API_Encrypt in the KMS API Reference.
struct Encrypt: OperationHandler {
    static let operation = KMSAPI.encrypt
    let cipher: KeyCipher

    func access(
        for input: EncryptRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await cipher.keys.access(
            "kms:Encrypt", to: input.keyId, in: context,
            cipher.conditions(input.encryptionContext, algorithm: input.encryptionAlgorithm),
            encryptionContext: input.encryptionContext)
    }

    func handle(_ input: EncryptRequest, in context: RequestContext) async throws -> EncryptResponse
    {
        let key = try await cipher.keys.find(input.keyId, in: context)
        let algorithm = input.encryptionAlgorithm ?? KeySpec.symmetric.rawValue
        try cipher.check(key, algorithm, for: "Encrypt")
        let encrypted = try await cipher.encrypt(
            input.plaintext, with: key, algorithm, EncryptionContext(input.encryptionContext))
        try KMSFailure.endDryRun(input.dryRun)
        return EncryptResponse(
            ciphertextBlob: encrypted.blob, keyId: key.arn(partition: context.partition),
            encryptionAlgorithm: algorithm)
    }
}
