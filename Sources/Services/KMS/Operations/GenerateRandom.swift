import KMSModel
import Platform
import ServiceKit
import Wire

/// Answers random bytes.
///
/// Source: API_GenerateRandom in the KMS API Reference.
struct GenerateRandom: OperationHandler {
    static let operation = KMSAPI.generateRandom
    let randomness: any Randomness

    func access(for input: GenerateRandomRequest, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("kms:GenerateRandom")]
    }

    func handle(
        _ input: GenerateRandomRequest, in context: RequestContext
    ) async throws -> GenerateRandomResponse {
        try KMSFailure.refuseRecipient(input.recipient, of: "GenerateRandom")
        guard input.customKeyStoreId == nil else {
            throw KMSError.customKeyStoreNotFoundException(
                "Custom key stores are not served by Apus.")
        }
        guard let count = input.numberOfBytes else {
            throw KMSFailure.validation("Please specify number of bytes.")
        }
        return GenerateRandomResponse(plaintext: randomness.bytes(count))
    }
}
