import SecretsManagerModel
import ServiceKit
import Wire

/// The errors that several operations give alike, in AWS's words.
enum SecretFailure {
    static let notFound = SecretsManagerError.resourceNotFoundException(
        "Secrets Manager can't find the specified secret.")
    static let isDeleted = SecretsManagerError.invalidRequestException(
        "You can't perform this operation on the secret because it was marked for deletion.")
    static let isReplica = SecretsManagerError.invalidParameterException(
        "Operation not permitted on a replica secret. Call must be made in primary secret's region."
    )
    static let noValue = SecretsManagerError.invalidRequestException(
        "You must provide either SecretString or SecretBinary.")

    static func noValue(for stage: String) -> AWSError {
        SecretsManagerError.resourceNotFoundException(
            "Secrets Manager can't find the specified secret value for staging label: \(stage)")
    }

    static func noVersion(_ id: String) -> AWSError {
        SecretsManagerError.resourceNotFoundException(
            "Secrets Manager can't find the specified secret value for VersionId: \(id)")
    }

    static func tokenInUse(_ token: String, of arn: String) -> AWSError {
        SecretsManagerError.resourceExistsException(
            "You can't use ClientRequestToken \(token) because that value is already in use for a "
                + "version of secret \(arn).")
    }

    static func parameter(_ message: String) -> AWSError {
        SecretsManagerError.invalidParameterException(message)
    }

    static func request(_ message: String) -> AWSError {
        SecretsManagerError.invalidRequestException(message)
    }
}
