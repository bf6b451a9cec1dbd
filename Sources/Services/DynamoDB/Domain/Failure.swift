import DynamoDBModel
import DynamoDBValues
import Wire

/// The errors that many operations share, in AWS's words.
enum Failure {
    /// `ValidationException`, introduced as most about values of parameters is.
    static func invalidParameters(_ message: String) -> AWSError {
        .validation("One or more parameter values were invalid: \(message)")
    }

    /// What operations on items say of a table that is not there.
    static let noTable = DynamoDBError.resourceNotFoundException("Requested resource not found")

    /// What operations on tables say of a table that is not there.
    static func noTable(_ name: String) -> AWSError {
        DynamoDBError.resourceNotFoundException(
            "Requested resource not found: Table: \(name) not found")
    }

    /// What operations on backups say of a table that is not there.
    static func tableNotFound(_ name: String) -> AWSError {
        DynamoDBError.tableNotFoundException("Table not found: \(name)")
    }

    /// What operations on ARNs say of a table that is not there.
    static func noResource(_ arn: String) -> AWSError {
        DynamoDBError.resourceNotFoundException(
            "Requested resource not found: ResourcArn: \(arn) not found")
    }

    static let keyMismatch = AWSError.validation(
        "The provided key element does not match the schema")

    static func noIndex(_ name: String) -> AWSError {
        .validation("The table does not have the specified index: \(name)")
    }
}
