import LambdaModel
import ServiceKit
import Wire

/// A function as a request names it: by name, partial ARN or ARN, each with or without a qualifier.
///
/// Source: "FunctionName" in the API reference, such as API_GetFunction.
struct FunctionReference: Hashable, Sendable {
    let key: FunctionKey
    /// A version or an alias; `nil` where the request names none.
    let qualifier: String?

    /// The ARN as the request means it.
    var arn: String { key.arn(qualifier: qualifier) }

    /// The version that is meant.
    var version: String { qualifier ?? FunctionVersion.latest }

    /// The alias that is meant; `nil` where it is a version.
    var aliasName: String? {
        guard let qualifier, qualifier != FunctionVersion.latest,
            qualifier.contains(where: { !$0.isNumber })
        else { return nil }
        return qualifier
    }

    /// The function itself, or a version or alias of it.
    func with(qualifier: String?) -> FunctionReference {
        FunctionReference(key: key, qualifier: qualifier)
    }

    init(key: FunctionKey, qualifier: String? = nil) {
        self.key = key
        self.qualifier = qualifier
    }

    /// Reads `text`: `orders`, `orders:prod`, `123456789012:function:orders` or an ARN.
    ///
    /// - Throws: `ResourceNotFoundException` for another region, `InvalidParameterValueException` for two qualifiers that differ,
    ///   `ValidationException` for what is no name.
    init(_ text: String, qualifier: String? = nil, in context: RequestContext) throws {
        var parts = text.parts(at: ":")[...]
        var region: Substring?
        var account: Substring?
        if parts.starts(with: ["arn"]), parts.count >= 7 {
            (region, account) = (parts[3], parts[4])
            guard parts[2] == "lambda", parts[5] == "function" else { throw Self.malformed(text) }
            parts = parts.dropFirst(6)
        } else {
            if Self.isAccount(parts.first), parts.count > 1 { account = parts.popFirst() }
            if parts.count > 1, parts.first == "function" { parts = parts.dropFirst() }
        }
        guard let name = parts.popFirst(), Self.isName(name), parts.count <= 1,
            account.map({ Self.isAccount($0) }) ?? true
        else { throw Self.malformed(text) }
        let inner = parts.first.map(String.init)
        guard inner.map({ Self.isQualifier($0) }) ?? true else { throw Self.malformed(text) }
        if let region, region != context.region {
            throw LambdaError.resourceNotFoundException.user(
                "Functions from '\(region)' are not reachable in this region "
                    + "('\(context.region)')")
        }
        if let inner, let qualifier, inner != qualifier {
            throw LambdaRefusal.invalidParameter(
                "The derived qualifier from the function name does not match the specified "
                    + "qualifier.")
        }
        self.key = FunctionKey(
            account: account.map(String.init) ?? context.account, region: context.region,
            name: String(name))
        self.qualifier = qualifier ?? inner
    }

    private static func malformed(_ text: String) -> AWSError {
        LambdaRefusal.validation(
            text, at: "functionName",
            #"Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?"#
                + #"([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?"#
                + #"([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?"#)
    }

    private static func isAccount(_ text: Substring?) -> Bool {
        guard let text else { return false }
        return text.utf8.count == 12 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
                default: false
                }
            }
    }

    private static func isQualifier(_ text: String) -> Bool {
        text == FunctionVersion.latest || isName(text[...])
    }
}
