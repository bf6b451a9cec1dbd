import KMSModel
import ServiceKit
import Storage
import Wire

/// Answers the public half of a pair.
///
/// Source: API_GetPublicKey in the KMS API Reference.
struct GetPublicKey: OperationHandler {
    static let operation = KMSAPI.getPublicKey
    let keys: KeyDirectory

    func access(
        for input: GetPublicKeyRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access("kms:GetPublicKey", to: input.keyId, in: context)
    }

    func handle(
        _ input: GetPublicKeyRequest, in context: RequestContext
    ) async throws -> GetPublicKeyResponse {
        let key = try await keys.find(input.keyId, in: context)
        guard key.spec.isAsymmetric else {
            throw KMSFailure.unsupported(
                "\(key.arn()) is a symmetric key, which has no public key.")
        }
        try key.requireEnabled()
        let material = try await keys.store.currentMaterial(of: key)
        return GetPublicKeyResponse(
            keyId: key.arn(partition: context.partition),
            publicKey: try PublicKeys.der(of: material.bytes, key.spec),
            customerMasterKeySpec: key.spec.rawValue, keySpec: key.spec.rawValue,
            keyUsage: key.usage.rawValue,
            encryptionAlgorithms: key.spec.encryptionAlgorithms(for: key.usage),
            signingAlgorithms: key.spec.signingAlgorithms(for: key.usage),
            keyAgreementAlgorithms: key.usage == .keyAgreement ? ["ECDH"] : nil)
    }
}
