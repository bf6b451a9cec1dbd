import CloudWatchLogsModel
import ServiceKit
import Wire

/// Reads how requests name a log group.
enum LogGroupReference {
    /// The name in `logGroupIdentifier`, which is a name or an ARN.
    ///
    /// - Throws: `InvalidParameterException` for an ARN of something else; `ResourceNotFoundException` for one of
    ///   another account or region.
    static func name(identifier: String, in scope: LogScope) throws -> String {
        guard identifier.hasPrefix("arn:") else { return identifier }
        guard let arn = ARN(identifier), arn.service == "logs",
            arn.resource.hasPrefix("log-group:")
        else { throw CloudWatchLogsError.invalidParameterException("Invalid log group ARN") }
        guard arn.account == scope.account, arn.region == scope.region else {
            throw LogFailure.groupNotFound
        }
        let name = arn.resource.dropFirst("log-group:".count)
        return String(name.hasSuffix(":*") ? name.dropLast(2) : name)
    }

    /// The name in a request that takes `logGroupName` or `logGroupIdentifier`, and one of them.
    ///
    /// - Throws: `ValidationException` for both, `InvalidParameterException` for neither.
    static func name(_ name: String?, identifier: String?, in scope: LogScope) throws -> String {
        switch (name, identifier) {
        case (let name?, nil): name
        case (nil, let identifier?): try self.name(identifier: identifier, in: scope)
        case (.some, .some):
            throw CloudWatchLogsError.validationException(
                "LogGroup name and LogGroup ARN are mutually exclusive parameters.")
        case (nil, nil):
            throw CloudWatchLogsError.invalidParameterException(
                "Either LogGroup name or LogGroup ARN must be specified.")
        }
    }
}
