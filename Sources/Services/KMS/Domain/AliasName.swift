import KMSModel
import Wire

/// The names of aliases.
enum AliasName {
    /// The aliases of the keys that AWS makes for its services when they are first used.
    static let managed: [String] = [
        "acm", "dynamodb", "ebs", "elasticfilesystem", "es", "glue", "kinesis", "kinesisvideo",
        "lambda", "logs", "rds", "redshift", "s3", "secretsmanager", "sns", "sqs", "ssm", "xray",
    ].map { "alias/aws/\($0)" }

    /// Checks the name of an alias that a user makes.
    ///
    /// - Throws: `ValidationException`; `NotAuthorizedException` for a name that AWS keeps for itself.
    static func check(_ name: String) throws {
        guard name.hasPrefix("alias/"), name.utf8.count > 6 else {
            throw KMSFailure.validation("Invalid identifier")
        }
        guard !name.hasPrefix("alias/aws/") else { throw AWSError("NotAuthorizedException", "") }
        guard !name.contains(":") else {
            throw KMSFailure.validation("\(name) contains invalid characters for an alias")
        }
    }

    /// Checks that an alias is to name a key and no other alias.
    ///
    /// - Throws: `ValidationException`.
    static func check(target: String) throws {
        guard !target.hasPrefix("alias/"), !target.contains(":alias/") else {
            throw KMSFailure.validation("Aliases must refer to keys. Not aliases")
        }
    }
}
