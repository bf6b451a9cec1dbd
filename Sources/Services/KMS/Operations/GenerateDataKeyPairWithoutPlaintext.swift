import KMSModel
import ServiceKit
import Wire

/// Makes a key pair for use outside of KMS; the private key is answered encrypted only.
///
/// Source: API_GenerateDataKeyPairWithoutPlaintext in the KMS API Reference.
struct GenerateDataKeyPairWithoutPlaintext: OperationHandler {
    static let operation = KMSAPI.generateDataKeyPairWithoutPlaintext
    let cipher: KeyCipher

    func access(
        for input: GenerateDataKeyPairWithoutPlaintextRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        var conditions = cipher.conditions(input.encryptionContext, algorithm: nil)
        conditions["kms:DataKeyPairSpec"] = [input.keyPairSpec]
        return try await cipher.keys.access(
            "kms:GenerateDataKeyPairWithoutPlaintext", to: input.keyId, in: context, conditions,
            encryptionContext: input.encryptionContext)
    }

    func handle(
        _ input: GenerateDataKeyPairWithoutPlaintextRequest, in context: RequestContext
    ) async throws -> GenerateDataKeyPairWithoutPlaintextResponse {
        let made = try await cipher.dataKeyPair(
            input.keyPairSpec, under: input.keyId, input.encryptionContext,
            for: "GenerateDataKeyPairWithoutPlaintext", in: context)
        try KMSFailure.endDryRun(input.dryRun)
        return GenerateDataKeyPairWithoutPlaintextResponse(
            privateKeyCiphertextBlob: made.secret.blob, publicKey: made.publicKey,
            keyId: made.secret.keyARN, keyPairSpec: input.keyPairSpec,
            keyMaterialId: made.secret.materialID)
    }
}
