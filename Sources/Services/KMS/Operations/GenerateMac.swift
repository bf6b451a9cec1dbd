import KMSModel
import ServiceKit
import Wire

/// Makes the authentication code of a message.
///
/// Source: API_GenerateMac in the KMS API Reference.
struct GenerateMac: OperationHandler {
    static let operation = KMSAPI.generateMac
    let keys: KeyDirectory

    func access(
        for input: GenerateMacRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access(
            "kms:GenerateMac", to: input.keyId, in: context,
            ["kms:MacAlgorithm": [input.macAlgorithm]])
    }

    func handle(
        _ input: GenerateMacRequest, in context: RequestContext
    ) async throws -> GenerateMacResponse {
        let key = try await keys.find(input.keyId, in: context)
        let code = try await keys.mac(
            of: input.message, with: key, input.macAlgorithm, for: "GenerateMac")
        try KMSFailure.endDryRun(input.dryRun)
        return GenerateMacResponse(
            mac: code, macAlgorithm: input.macAlgorithm,
            keyId: key.arn(partition: context.partition))
    }
}

extension KeyDirectory {
    /// The authentication code of a message.
    ///
    /// - Throws: `InvalidKeyUsageException`, `DisabledException`, `KMSInvalidStateException`.
    func mac(
        of message: [UInt8], with key: KeyRecord, _ algorithm: String, for operation: String
    ) async throws -> [UInt8] {
        try key.requireEnabled()
        try key.require(.mac, for: operation)
        try key.require(algorithm, among: key.spec.macAlgorithms)
        let material = try await store.currentMaterial(of: key)
        return MAC.code(of: message, key: material.bytes, algorithm: algorithm)
    }
}
