import KMSModel
import ServiceKit
import Wire

/// Decrypts what `Encrypt`, `GenerateDataKey` and their like made.
///
/// Source: API_Decrypt in the KMS API Reference.
struct Decrypt: OperationHandler {
    static let operation = KMSAPI.decrypt
    let cipher: KeyCipher

    func access(
        for input: DecryptRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let key = try await cipher.source(
            input.ciphertextBlob, keyID: input.keyId, input.encryptionAlgorithm, in: context)
        return [
            try await cipher.keys.access(
                "kms:Decrypt", to: key, in: context,
                cipher.conditions(input.encryptionContext, algorithm: input.encryptionAlgorithm),
                encryptionContext: input.encryptionContext)
        ]
    }

    func handle(_ input: DecryptRequest, in context: RequestContext) async throws -> DecryptResponse
    {
        try KMSFailure.refuseRecipient(input.recipient, of: "Decrypt")
        guard input.dryRunModifiers?.isEmpty ?? true else {
            throw CommonError.notServed(operation: "Decrypt with DryRunModifiers", service: "KMS")
        }
        let algorithm = input.encryptionAlgorithm ?? KeySpec.symmetric.rawValue
        let key = try await cipher.source(
            input.ciphertextBlob, keyID: input.keyId, algorithm, in: context)
        try cipher.check(key, algorithm, for: "Decrypt")
        let decrypted = try await cipher.decrypt(
            input.ciphertextBlob ?? [], with: key, algorithm,
            EncryptionContext(input.encryptionContext))
        try KMSFailure.endDryRun(input.dryRun)
        return DecryptResponse(
            keyId: key.arn(partition: context.partition), plaintext: decrypted.plaintext,
            encryptionAlgorithm: algorithm, keyMaterialId: decrypted.materialID)
    }
}
