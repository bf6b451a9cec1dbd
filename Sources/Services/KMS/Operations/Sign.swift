import KMSModel
import ServiceKit
import Storage
import Wire

/// Signs a message or its digest.
///
/// Source: API_Sign in the KMS API Reference.
struct Sign: OperationHandler {
    static let operation = KMSAPI.sign
    let keys: KeyDirectory

    func access(for input: SignRequest, in context: RequestContext) async throws -> [AccessRequest]
    {
        try await keys.access(
            "kms:Sign", to: input.keyId, in: context,
            [
                "kms:SigningAlgorithm": [input.signingAlgorithm],
                "kms:MessageType": [input.messageType ?? "RAW"],
            ])
    }

    func handle(_ input: SignRequest, in context: RequestContext) async throws -> SignResponse {
        let key = try await keys.find(input.keyId, in: context)
        try key.requireSigning(by: input.signingAlgorithm, for: "Sign")
        let material = try await keys.store.currentMaterial(of: key)
        let message = SignedMessage(
            bytes: input.message, kind: .init(input.messageType), algorithm: input.signingAlgorithm)
        let signature = try Signatures.sign(message, with: material.bytes, key.spec)
        try KMSFailure.endDryRun(input.dryRun)
        return SignResponse(
            keyId: key.arn(partition: context.partition), signature: signature,
            signingAlgorithm: input.signingAlgorithm)
    }
}

extension KeyRecord {
    /// Checks that the key is there and signs by `algorithm`.
    ///
    /// - Throws: `InvalidKeyUsageException`, `DisabledException`, `KMSInvalidStateException`.
    func requireSigning(by algorithm: String, for operation: String) throws {
        try requireEnabled()
        try require(.signVerify, for: operation)
        if algorithm == "ED25519_PH_SHA_512", spec == .ed25519 {
            throw KMSFailure.unsupported("Algorithm \(algorithm) is not served by Apus.")
        }
        try require(algorithm, among: spec.signingAlgorithms(for: usage))
    }
}

extension SignedMessage.Kind {
    /// What a request says of its message; whole where it says nothing.
    init(_ name: String?) {
        self = name.flatMap { Self(rawValue: $0) } ?? .raw
    }
}
