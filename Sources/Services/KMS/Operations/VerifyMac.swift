import KMSModel
import ServiceKit
import Wire

/// Verifies the authentication code of a message. One that is not valid is an error, as with AWS.
///
/// Source: API_VerifyMac in the KMS API Reference.
struct VerifyMac: OperationHandler {
    static let operation = KMSAPI.verifyMac
    let keys: KeyDirectory

    func access(
        for input: VerifyMacRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await keys.access(
            "kms:VerifyMac", to: input.keyId, in: context,
            ["kms:MacAlgorithm": [input.macAlgorithm]])
    }

    func handle(
        _ input: VerifyMacRequest, in context: RequestContext
    ) async throws -> VerifyMacResponse {
        let key = try await keys.find(input.keyId, in: context)
        let code = try await keys.mac(
            of: input.message, with: key, input.macAlgorithm, for: "VerifyMac")
        try KMSFailure.endDryRun(input.dryRun)
        guard MAC.areEqual(code, input.mac) else { throw KMSError.kmsInvalidMacException("") }
        return VerifyMacResponse(
            keyId: key.arn(partition: context.partition), macValid: true,
            macAlgorithm: input.macAlgorithm)
    }
}
