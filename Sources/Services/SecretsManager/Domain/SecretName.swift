import Platform
import ServiceKit
import Wire

/// The names of secrets, and how requests name one.
enum SecretName {
    static let suffix = Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")

    /// - Throws: `ValidationException` for what is no name.
    static func check(_ name: String) throws {
        let isValid = name.allSatisfy { character in
            character.isASCII
                && (character.isLetter || character.isNumber || "/_+=.@-!".contains(character))
        }
        guard isValid else {
            throw AWSError(
                "ValidationException",
                "Invalid name. Must be a valid name containing alphanumeric characters, or any of "
                    + "the following: -/_+=.@!")
        }
    }

    /// The ARN of a new secret, which six random characters end, so that one that is made anew has another.
    static func arn(of name: String, in context: RequestContext, randomness: any Randomness)
        -> String
    {
        context.arn(
            "secretsmanager", "secret:\(name)-\(randomness.string(6, from: suffix))"
        ).description
    }
}

/// What a request calls a secret: its name, its ARN, or its ARN without the six characters at the end.
struct SecretReference: Sendable {
    var account: String
    var region: String
    /// The whole ARN, where one was given.
    var arn: String?
    var name: String

    init(_ id: String, in context: RequestContext) {
        account = context.account
        region = context.region
        name = id
        guard let given = ARN(id), given.service == "secretsmanager",
            given.resource.hasPrefix("secret:")
        else { return }
        account = given.account
        region = given.region
        arn = id
        name = String(given.resource.dropFirst("secret:".count))
    }
}
