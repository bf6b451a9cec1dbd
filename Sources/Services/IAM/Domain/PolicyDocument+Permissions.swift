import IAMModel
import Platform
import Wire

/// Policies that say what their bearers may do, checked in the order in which AWS checks them.
///
/// Source: "Grammar of the IAM JSON policy language" and "IAM JSON policy elements: Resource"; the words are recorded ones.
extension PolicyDocument {
    /// Reads a policy that says what its bearer may do.
    ///
    /// - Throws: `MalformedPolicyDocument`.
    static func permissions(_ text: String) throws -> PolicyDocument {
        let policy = try PolicyDocument(text, orElse: "Syntax errors in policy.")
        try policy.checkPermissions()
        return policy
    }

    /// Reads a managed policy.
    ///
    /// - Throws: `MalformedPolicyDocument`; `LimitExceeded` where it is longer than allowed.
    static func managed(_ text: String) throws -> PolicyDocument {
        let policy = try PolicyDocument(text, orElse: "Syntax errors in policy.")
        guard policy.version == "2012-10-17" else {
            throw malformed("Policy document must be version 2012-10-17 or greater.")
        }
        try policy.checkPermissions()
        guard policy.characters <= IAMLimits.managedPolicyCharacters else {
            throw IAMLimits.exceeded("PolicySize", IAMLimits.managedPolicyCharacters)
        }
        return policy
    }

    private func checkPermissions() throws {
        let resources = statements.map {
            Self.texts($0["Resource"]) + Self.texts($0["NotResource"])
        }
        for (statement, resources) in zip(statements, resources) {
            guard statement["Principal"] == nil, statement["NotPrincipal"] == nil else {
                throw Self.malformed("Policy document should not specify a principal.")
            }
            try PolicyWords.checkLegacy(statement, resources)
        }
        try checkNames()
        let actions = statements.map { Self.texts($0["Action"]) + Self.texts($0["NotAction"]) }
        guard actions.allSatisfy({ !$0.isEmpty }) else {
            throw Self.malformed("Policy statement must contain actions.")
        }
        guard actions.joined().allSatisfy({ $0 == "*" || $0.contains(":") }) else {
            throw Self.malformed(
                "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")
        }
        guard resources.allSatisfy({ !$0.isEmpty }) else {
            throw Self.malformed("Policy statement must contain resources.")
        }
        try resources.joined().forEach(PolicyWords.check(resource:))
        try actions.joined().forEach(PolicyWords.check(action:))
        try checkMeaning()
    }
}

/// The words of a policy: its actions and resources.
private enum PolicyWords {
    private static let partitions: Set<Substring> = ["aws", "aws-cn", "aws-us-gov"]
    private static let identityPaths = [
        "user/", "federated-user/", "role/", "group/", "instance-profile/", "mfa/",
        "server-certificate/", "policy/", "sms-mfa/", "saml-provider/", "oidc-provider/",
        "report/", "access-report/",
    ]

    /// Checks what AWS's older reader of policies stumbles over, before all else.
    static func checkLegacy(_ statement: Document, _ resources: [String]) throws {
        let isExact = ["Allow", "Deny"].contains(statement["Effect"]?.stringValue)
        guard isExact, datesAreReadable(statement["Condition"]),
            !resources.contains(where: isCutOff)
        else { throw PolicyDocument.malformed("The policy failed legacy parsing") }
    }

    /// Whether a resource begins as an ARN does, and has no service, or ends too early without a wildcard.
    private static func isCutOff(_ resource: String) -> Bool {
        let parts = resource.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count > 2, parts[0] == "arn", parts[1] == "aws" else { return false }
        return parts[2].isEmpty || parts.count == 5 && parts[4].contains("*") == false
    }

    private static func datesAreReadable(_ condition: Document?) -> Bool {
        guard case .object(let operators)? = condition else { return true }
        let isPartOfDate = { (character: Character) in
            character.isNumber || "TtZz:.+-$ {}".contains(character)
        }
        for (name, block) in operators where name.lowercased().contains("date") {
            guard case .object(let keys) = block else { continue }
            for value in keys.values.flatMap({ PolicyDocument.texts($0) })
            where !value.contains("${") && !value.allSatisfy(isPartOfDate) { return false }
        }
        return true
    }

    /// Checks a resource.
    static func check(resource: String) throws {
        if resource == "*" { return }
        let parts = resource.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count > 1 else {
            throw PolicyDocument.malformed(
                "Resource \(resource) must be in ARN format or \"*\".")
        }
        guard partitions.contains(parts[1]) || parts[1].contains("*") else {
            let missing = Array(repeating: Substring("*"), count: max(0, 6 - parts.count))
            let full = (["arn"] + parts.dropFirst() + missing).joined(separator: ":")
            throw PolicyDocument.malformed(
                "Partition \"\(parts[1])\" is not valid for resource \"\(full)\".")
        }
        guard parts.count > 2 || parts[1].contains("*") else {
            throw PolicyDocument.malformed(
                "Resource vendor must be fully qualified and cannot contain regexes.")
        }
        guard parts.count >= 6 else { return }
        switch parts[2] {
        case "iam": try check(identity: resource, parts)
        case "s3" where !parts[3].isEmpty && !parts[3].contains("*") && parts[4].isEmpty:
            throw PolicyDocument.malformed(
                "Resource \(resource) can not contain region information.")
        default: break
        }
    }

    private static func check(identity resource: String, _ parts: [Substring]) throws {
        guard parts[3].isEmpty || parts[3].contains("*") else {
            throw PolicyDocument.malformed(
                "IAM resource \(resource) cannot contain region information.")
        }
        let path = parts[5...].joined(separator: ":")
        guard
            path == "root" || path.hasPrefix("*")
                || identityPaths.contains(where: { path.hasPrefix($0) })
                || identityPaths.contains(where: { wildcard(path, beginsAs: $0) })
        else {
            throw PolicyDocument.malformed(
                "IAM resource path must either be \"*\" or start with "
                    + identityPaths.joined(separator: ", ") + ".")
        }
    }

    /// Whether a path such as `us*` may begin with a kind of identity.
    private static func wildcard(_ path: String, beginsAs kind: String) -> Bool {
        guard let star = path.firstIndex(of: "*") else { return false }
        return kind.hasPrefix(path[..<star])
    }

    /// Checks an action.
    static func check(action: String) throws {
        if action == "*" { return }
        let parts = action.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            throw PolicyDocument.malformed("Actions/Condition can contain only one colon.")
        }
        guard
            parts[0].allSatisfy({
                $0.isASCII && ($0.isLetter || $0.isNumber || "-_.*".contains($0))
            }
            )
        else { throw PolicyDocument.malformed("Vendor \(parts[0]) is not valid") }
    }
}
