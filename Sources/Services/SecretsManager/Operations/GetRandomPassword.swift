import Platform
import SecretsManagerModel
import ServiceKit
import Wire

/// Makes a password.
///
/// Source: API_GetRandomPassword in the Secrets Manager API Reference.
struct GetRandomPassword: OperationHandler {
    static let operation = SecretsManagerAPI.getRandomPassword
    let randomness: any Randomness

    func access(
        for input: GetRandomPasswordRequest, in context: RequestContext
    ) -> [AccessRequest] {
        [AccessRequest("secretsmanager:GetRandomPassword")]
    }

    func handle(
        _ input: GetRandomPasswordRequest, in context: RequestContext
    ) async throws -> GetRandomPasswordResponse {
        GetRandomPasswordResponse(randomPassword: try PasswordRequest(input).password(randomness))
    }
}
