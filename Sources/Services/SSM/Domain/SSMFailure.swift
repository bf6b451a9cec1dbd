import SSMModel
import Wire

/// The errors that several operations give alike, in AWS's words.
enum SSMFailure {
    static func validation(_ message: String) -> AWSError {
        AWSError("ValidationException", message)
    }

    static func notFound(_ name: String) -> AWSError {
        SSMError.parameterNotFound("Parameter \(name) not found.")
    }

    static func versionNotFound(_ version: Int, of name: String) -> AWSError {
        SSMError.parameterVersionNotFound(
            "Systems Manager could not find version \(version) of \(name). Verify the version "
                + "and try again.")
    }

    static func labelNotFound(_ label: String, of name: String) -> AWSError {
        SSMError.parameterVersionNotFound(
            "Systems Manager could not find label \(label) of \(name). Verify the label and try "
                + "again.")
    }

    static let invalidToken = SSMError.invalidNextToken("The specified token is not valid.")
    static let invalidResource = SSMError.invalidResourceId(
        "The resource ID is not valid. Verify that you entered the correct ID and try again.")
}
