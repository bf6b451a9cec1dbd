import KMSModel
import ServiceKit
import Wire

/// Makes a key pair for use outside of KMS; the private key is answered in clear and encrypted.
///
/// Source: API_GenerateDataKeyPair in the KMS API Reference.
struct GenerateDataKeyPair: OperationHandler {
    static let operation = KMSAPI.generateDataKeyPair
    let cipher: KeyCipher

    func access(
        for input: GenerateDataKeyPairRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        var conditions = cipher.conditions(input.encryptionContext, algorithm: nil)
        conditions["kms:DataKeyPairSpec"] = [input.keyPairSpec]
        return try await cipher.keys.access(
            "kms:GenerateDataKeyPair", to: input.keyId, in: context, conditions,
            encryptionContext: input.encryptionContext)
    }

    func handle(
        _ input: GenerateDataKeyPairRequest, in context: RequestContext
    ) async throws -> GenerateDataKeyPairResponse {
        try KMSFailure.refuseRecipient(input.recipient, of: "GenerateDataKeyPair")
        let made = try await cipher.dataKeyPair(
            input.keyPairSpec, under: input.keyId, input.encryptionContext,
            for: "GenerateDataKeyPair", in: context)
        try KMSFailure.endDryRun(input.dryRun)
        return GenerateDataKeyPairResponse(
            privateKeyCiphertextBlob: made.secret.blob,
            privateKeyPlaintext: made.secret.plaintext, publicKey: made.publicKey,
            keyId: made.secret.keyARN, keyPairSpec: input.keyPairSpec,
            keyMaterialId: made.secret.materialID)
    }
}
