import LambdaModel
import ServiceKit

/// What a function's tags must satisfy (dg/configuration-tags.html).
enum Tags {
    /// - Throws: `InvalidParameterValueException`.
    static func validate(_ tags: [String: String]) throws {
        guard tags.count <= LambdaLimits.tags else {
            throw LambdaRefusal.invalidParameter(
                "Number of tags exceeds function tag limit of \(LambdaLimits.tags).")
        }
        for (key, value) in tags {
            guard (1...LambdaLimits.tagKeyCharacters).contains(key.unicodeScalars.count),
                value.unicodeScalars.count <= LambdaLimits.tagValueCharacters
            else {
                throw LambdaRefusal.invalidParameter(
                    "Tag keys have 1 to \(LambdaLimits.tagKeyCharacters) characters, tag values "
                        + "up to \(LambdaLimits.tagValueCharacters).")
            }
        }
    }

    /// What has tags.
    enum Resource: Sendable {
        case function(FunctionKey)
        case eventSourceMapping(uuid: String)
    }

    /// What a tagging request names.
    ///
    /// - Throws: `InvalidParameterValueException` for a version or alias; `NotImplemented` for what has no tags here.
    static func resource(_ arn: String, in context: RequestContext) throws -> Resource {
        let prefix = "event-source-mapping:"
        guard let parsed = ARN(arn), parsed.resource.hasPrefix(prefix) else {
            return .function(try function(arn, in: context))
        }
        guard parsed.account == context.account, parsed.region == context.region else {
            throw LambdaRefusal.resourceNotFound
        }
        return .eventSourceMapping(uuid: String(parsed.resource.dropFirst(prefix.count)))
    }

    /// The function that a tagging request names.
    ///
    /// - Throws: `InvalidParameterValueException` for a version or alias; `NotImplemented` for what is no function.
    static func function(_ arn: String, in context: RequestContext) throws -> FunctionKey {
        guard ARN(arn)?.resource.hasPrefix("function:") == true else {
            throw LambdaRefusal.notServed("Tags of \(arn)")
        }
        let reference = try FunctionReference(arn, in: context)
        guard reference.qualifier == nil else {
            throw LambdaRefusal.invalidParameter(
                "Tags on function aliases and versions are not supported. Please specify a "
                    + "function ARN.")
        }
        return reference.key
    }
}
