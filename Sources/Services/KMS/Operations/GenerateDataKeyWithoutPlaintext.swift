import KMSModel
import ServiceKit
import Wire

/// Makes a key for use outside of KMS, and answers it encrypted only.
///
/// Source: API_GenerateDataKeyWithoutPlaintext in the KMS API Reference.
struct GenerateDataKeyWithoutPlaintext: OperationHandler {
    static let operation = KMSAPI.generateDataKeyWithoutPlaintext
    let cipher: KeyCipher

    func access(
        for input: GenerateDataKeyWithoutPlaintextRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await cipher.keys.access(
            "kms:GenerateDataKeyWithoutPlaintext", to: input.keyId, in: context,
            cipher.conditions(input.encryptionContext, algorithm: nil),
            encryptionContext: input.encryptionContext)
    }

    func handle(
        _ input: GenerateDataKeyWithoutPlaintextRequest, in context: RequestContext
    ) async throws -> GenerateDataKeyWithoutPlaintextResponse {
        let count = try DataKeySize.bytes(spec: input.keySpec, count: input.numberOfBytes)
        let made = try await cipher.dataKey(
            count, under: input.keyId, input.encryptionContext,
            for: "GenerateDataKeyWithoutPlaintext", in: context)
        try KMSFailure.endDryRun(input.dryRun)
        return GenerateDataKeyWithoutPlaintextResponse(
            ciphertextBlob: made.blob, keyId: made.keyARN, keyMaterialId: made.materialID)
    }
}
