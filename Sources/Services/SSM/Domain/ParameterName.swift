import SSMModel
import ServiceKit
import Wire

/// Where a parameter is: its account and region, and its name with a slash in front.
///
/// `/name` and `name` are the same parameter.
struct ParameterPlace: Hashable, Sendable {
    var account: String
    var region: String
    /// Begins with a slash.
    var path: String

    /// The ARN: `arn:aws:ssm:us-east-1:123456789012:parameter/a/b`.
    func arn(partition: String) -> String {
        ARN(
            partition: partition, service: "ssm", region: region, account: account,
            resource: "parameter\(path)"
        ).description
    }

    /// The name under which jobs about the parameter are found.
    var text: String { "\(account)/\(region)\(path)" }

    /// Reads what `text` wrote.
    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        self.init(account: String(parts[0]), region: String(parts[1]), path: "/\(parts[2])")
    }

    init(account: String, region: String, path: String) {
        self.account = account
        self.region = region
        self.path = path
    }

    /// The parameter that `name` or an ARN names.
    init(_ name: String, in context: RequestContext) {
        var name = name
        account = context.account
        region = context.region
        if let arn = ARN(name), arn.service == "ssm", arn.resource.hasPrefix("parameter") {
            account = arn.account
            region = arn.region
            name = String(arn.resource.dropFirst("parameter".count))
        }
        path = name.hasPrefix("/") ? name : "/\(name)"
    }
}

/// A name as a request gives it, perhaps with the version or label that is wanted: `name:3`, `name:label`.
struct ParameterSelector: Sendable {
    enum Wanted: Sendable {
        case latest
        case version(Int)
        case label(String)
    }

    var place: ParameterPlace
    var wanted: Wanted
    /// The selector with its colon, as the answer repeats it.
    var text: String?

    /// Reads `name`; `nil` where it can name nothing.
    init?(_ name: String, in context: RequestContext) {
        let isARN = name.hasPrefix("arn:")
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        let bare = isARN ? 6 : 1
        guard parts.count == bare || parts.count == bare + 1 else { return nil }
        place = ParameterPlace(parts.prefix(bare).joined(separator: ":"), in: context)
        wanted = .latest
        guard parts.count > bare, let selector = parts.last else { return }
        text = ":\(selector)"
        wanted = Int(selector).map { .version($0) } ?? .label(String(selector))
    }
}

/// The rules for the names of new parameters.
///
/// Source: API_PutParameter in the Systems Manager API Reference.
enum ParameterName {
    private static let pathRule =
        "If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path "
        + "can be formed as a mix of letters, numbers and the following 3 symbols .-_"

    /// - Throws: `ValidationException`, `AccessDeniedException`, `HierarchyLevelLimitExceededException`.
    static func check(_ name: String) throws {
        let isPath = name.dropFirst().contains("/")
        let folded = name.drop { $0 == "/" }.lowercased()
        if folded.hasPrefix("aws") || folded.hasPrefix("ssm") {
            if isPath, name.hasPrefix("/"), folded.hasPrefix("aws") {
                throw AWSError(
                    "AccessDeniedException", "No access to reserved parameter name: \(name).")
            }
            throw SSMFailure.validation(
                isPath
                    ? "Parameter name: can't be prefixed with \"ssm\" (case-insensitive). "
                        + pathRule
                    : "Parameter name: can't be prefixed with \"aws\" or \"ssm\" "
                        + "(case-insensitive).")
        }
        guard !isPath || name.hasPrefix("/") else {
            throw SSMFailure.validation("Parameter name must be a fully qualified name.")
        }
        guard name.utf8.allSatisfy({ isAllowed($0) }), !name.hasSuffix("/"), !name.contains("//")
        else {
            throw SSMFailure.validation(
                "Parameter name: can't be prefixed with \"ssm\" (case-insensitive). " + pathRule)
        }
        guard name.utf8.count <= SSMLimits.nameCharacters else {
            throw SSMFailure.validation(
                "Parameter name: can't be longer than \(SSMLimits.nameCharacters) characters.")
        }
        guard name.split(separator: "/").count <= SSMLimits.levels else {
            throw SSMError.hierarchyLevelLimitExceededException(
                "Hierarchy depth can't exceed \(SSMLimits.levels) levels. Shorten the parameter "
                    + "name and try again.")
        }
    }

    /// Checks a path that parameters are looked for under.
    ///
    /// - Throws: `ValidationException`.
    static func check(path: String) throws {
        guard path.hasPrefix("/"), !path.contains("//"), path.utf8.allSatisfy({ isAllowed($0) })
        else {
            throw SSMFailure.validation(
                "The parameter doesn't meet the parameter name requirements. The parameter name "
                    + "must begin with a forward slash \"/\". It can't be prefixed with \"aws\" or "
                    + "\"ssm\" (case-insensitive). It must use only letters, numbers, or the "
                    + "following symbols: . (period), - (hyphen), _ (underscore). Special "
                    + "characters are not allowed. All sub-paths, if specified, must use the "
                    + "forward slash symbol \"/\". Valid example: /get/parameters2-/by1./path0_.")
        }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        let character = Character(Unicode.Scalar(byte))
        return byte < 128
            && (character.isLetter || character.isNumber || "/.-_".contains(character))
    }
}
