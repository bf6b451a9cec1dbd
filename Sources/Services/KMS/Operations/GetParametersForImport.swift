import CryptoExtras
import KMSModel
import Platform
import ServiceKit
import Storage
import Wire

/// Answers a public key under which material can be brought in, and the token that goes with it.
///
/// Source: API_GetParametersForImport in the KMS API Reference.
struct GetParametersForImport: OperationHandler {
    static let operation = KMSAPI.getParametersForImport
    let keys: KeyDirectory

    func access(
        for input: GetParametersForImportRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access(
            "kms:GetParametersForImport", to: input.keyId, in: context,
            [
                "kms:WrappingAlgorithm": [input.wrappingAlgorithm],
                "kms:WrappingKeySpec": [input.wrappingKeySpec],
            ])
    }

    func handle(
        _ input: GetParametersForImportRequest, in context: RequestContext
    ) async throws -> GetParametersForImportResponse {
        let key = try await keys.findByID(input.keyId, in: context)
        try key.requireImportable()
        guard let spec = KeySpec(rawValue: input.wrappingKeySpec), spec.family == .rsa else {
            throw KMSFailure.unsupported(
                "WrappingKeySpec \(input.wrappingKeySpec) is not served by Apus.")
        }
        let algorithm = input.wrappingAlgorithm
        let wrapsInTwoSteps = algorithm.hasPrefix("RSA_AES_KEY_WRAP")
        guard wrapsInTwoSteps || algorithm.hasPrefix("RSAES_OAEP") && key.spec.family != .rsa else {
            throw KMSFailure.unsupported(
                "WrappingAlgorithm \(algorithm) is not valid for key spec \(key.spec.rawValue).")
        }
        let privateKey = try await keys.maker.make(spec)
        let validTo = keys.clock.now + KMSLimits.importTokenLife
        let token = ImportToken(algorithm: algorithm, validTo: validTo, privateKey: privateKey)
        return GetParametersForImportResponse(
            keyId: key.arn(partition: context.partition),
            importToken: token.sealed(
                for: key.place, by: keys.store.rootKey, randomness: keys.randomness),
            publicKey: try PublicKeys.der(of: privateKey, spec), parametersValidTo: validTo)
    }
}

extension KeyRecord {
    /// Checks that the key takes imported material.
    ///
    /// - Throws: `UnsupportedOperationException`, `KMSInvalidStateException`.
    func requireImportable() throws {
        guard origin == .external else {
            throw KMSFailure.unsupported(
                "\(arn()) origin is \(origin.rawValue) which is not valid for this operation.")
        }
        try requireNotDying()
    }
}
