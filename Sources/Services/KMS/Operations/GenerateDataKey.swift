import KMSModel
import ServiceKit
import Wire

/// Makes a key for use outside of KMS, and answers it in clear and encrypted.
///
/// Source: API_GenerateDataKey in the KMS API Reference.
struct GenerateDataKey: OperationHandler {
    static let operation = KMSAPI.generateDataKey
    let cipher: KeyCipher

    func access(
        for input: GenerateDataKeyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await cipher.keys.access(
            "kms:GenerateDataKey", to: input.keyId, in: context,
            cipher.conditions(input.encryptionContext, algorithm: nil),
            encryptionContext: input.encryptionContext)
    }

    func handle(
        _ input: GenerateDataKeyRequest, in context: RequestContext
    ) async throws -> GenerateDataKeyResponse {
        try KMSFailure.refuseRecipient(input.recipient, of: "GenerateDataKey")
        let count = try DataKeySize.bytes(spec: input.keySpec, count: input.numberOfBytes)
        let made = try await cipher.dataKey(
            count, under: input.keyId, input.encryptionContext, for: "GenerateDataKey", in: context)
        try KMSFailure.endDryRun(input.dryRun)
        return GenerateDataKeyResponse(
            ciphertextBlob: made.blob, plaintext: made.plaintext, keyId: made.keyARN,
            keyMaterialId: made.materialID)
    }
}

/// How long a data key is.
enum DataKeySize {
    /// - Throws: `ValidationException` unless exactly one of the two says it.
    static func bytes(spec: String?, count: Int?) throws -> Int {
        switch (spec, count) {
        case ("AES_256", nil): return 32
        case ("AES_128", nil): return 16
        case (nil, let count?): return count
        default:
            throw KMSFailure.validation("Please specify either number of bytes or key spec.")
        }
    }
}
