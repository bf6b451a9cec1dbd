import CloudWatchLogsModel
import Wire

/// The errors that many operations share, in AWS's words.
enum LogFailure {
    static let groupNotFound = CloudWatchLogsError.resourceNotFoundException(
        "The specified log group does not exist.")
    static let streamNotFound = CloudWatchLogsError.resourceNotFoundException(
        "The specified log stream does not exist.")
    static let groupExists = CloudWatchLogsError.resourceAlreadyExistsException(
        "The specified log group already exists")
    static let streamExists = CloudWatchLogsError.resourceAlreadyExistsException(
        "The specified log stream already exists")
    static let invalidToken = CloudWatchLogsError.invalidParameterException(
        "The specified nextToken is invalid.")
}
