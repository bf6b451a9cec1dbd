import KMSModel
import ServiceKit
import Storage
import Wire

/// Agrees on a secret with the owner of a public key.
///
/// Source: API_DeriveSharedSecret in the KMS API Reference.
struct DeriveSharedSecret: OperationHandler {
    static let operation = KMSAPI.deriveSharedSecret
    let keys: KeyDirectory

    func access(
        for input: DeriveSharedSecretRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access(
            "kms:DeriveSharedSecret", to: input.keyId, in: context,
            ["kms:KeyAgreementAlgorithm": [input.keyAgreementAlgorithm]])
    }

    func handle(
        _ input: DeriveSharedSecretRequest, in context: RequestContext
    ) async throws -> DeriveSharedSecretResponse {
        try KMSFailure.refuseRecipient(input.recipient, of: "DeriveSharedSecret")
        let key = try await keys.find(input.keyId, in: context)
        try key.requireEnabled()
        try key.require(.keyAgreement, for: "DeriveSharedSecret")
        let material = try await keys.store.currentMaterial(of: key)
        guard
            let secret = KeyAgreement.secret(
                of: material.bytes, key.spec, with: input.publicKey)
        else {
            throw KMSFailure.validation(
                "The public key is not one of key spec \(key.spec.rawValue).")
        }
        try KMSFailure.endDryRun(input.dryRun)
        return DeriveSharedSecretResponse(
            keyId: key.arn(partition: context.partition), sharedSecret: secret,
            keyAgreementAlgorithm: input.keyAgreementAlgorithm, keyOrigin: key.origin.rawValue)
    }
}
