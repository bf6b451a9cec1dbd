import KMSModel
import ServiceKit
import Storage
import Wire

/// Verifies a signature. One that is not valid is an error, as with AWS.
///
/// Source: API_Verify in the KMS API Reference.
struct Verify: OperationHandler {
    static let operation = KMSAPI.verify
    let keys: KeyDirectory

    func access(
        for input: VerifyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access(
            "kms:Verify", to: input.keyId, in: context,
            [
                "kms:SigningAlgorithm": [input.signingAlgorithm],
                "kms:MessageType": [input.messageType ?? "RAW"],
            ])
    }

    func handle(_ input: VerifyRequest, in context: RequestContext) async throws -> VerifyResponse {
        let key = try await keys.find(input.keyId, in: context)
        try key.requireSigning(by: input.signingAlgorithm, for: "Verify")
        let material = try await keys.store.currentMaterial(of: key)
        let message = SignedMessage(
            bytes: input.message, kind: .init(input.messageType), algorithm: input.signingAlgorithm)
        let isValid = try Signatures.isValid(
            input.signature, of: message, with: material.bytes, key.spec)
        try KMSFailure.endDryRun(input.dryRun)
        guard isValid else { throw KMSError.kmsInvalidSignatureException("") }
        return VerifyResponse(
            keyId: key.arn(partition: context.partition), signatureValid: true,
            signingAlgorithm: input.signingAlgorithm)
    }
}
