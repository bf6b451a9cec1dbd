import Authorization
import IAMModel
import Wire

/// A policy as JSON text whose form has been checked. What it means is for authorization to say.
///
/// Source: "Grammar of the IAM JSON policy language" in the IAM User Guide.
struct PolicyDocument: Sendable {
    /// The text as it was sent, which is how it is answered.
    let text: String
    /// `2012-10-17`, or `nil` where the document gives none.
    let version: String?
    let statements: [Document]

    /// Reads a document and checks what every kind of policy has in common.
    ///
    /// - Throws: `MalformedPolicyDocument`.
    init(_ text: String, orElse notJSON: String) throws {
        guard let document = try? Document(json: text) else {
            throw IAMError.malformedPolicyDocumentException(notJSON)
        }
        guard case .object(let members) = document,
            members.keys.allSatisfy(["Version", "Id", "Statement"].contains),
            document["Id"].map({ $0.stringValue != nil }) ?? true,
            document["Version"].map({ ["2012-10-17", "2008-10-17"].contains($0) }) ?? true
        else { throw Self.syntaxError }
        self.text = text
        version = document["Version"]?.stringValue
        switch document["Statement"] {
        case .array(let statements)? where !statements.isEmpty: self.statements = statements
        case .object(let members)?: self.statements = [.object(members)]
        default: throw Self.syntaxError
        }
        try checkStatements()
    }

    /// Reads a role's trust policy.
    ///
    /// - Throws: `MalformedPolicyDocument`; `LimitExceeded` where it is longer than allowed.
    static func trust(_ text: String) throws -> PolicyDocument {
        let policy = try PolicyDocument(text, orElse: "This policy contains invalid Json")
        for statement in policy.statements {
            guard ["Allow", "Deny"].contains(statement["Effect"]?.stringValue) else {
                throw syntaxError
            }
            try prohibit(["Resource", "NotResource"], in: statement)
            guard statement["Principal"] != nil || statement["NotPrincipal"] != nil else {
                throw malformed("Missing required field Principal")
            }
            guard statement["Action"] != nil || statement["NotAction"] != nil else {
                throw malformed("Missing required field Action")
            }
            let actions = texts(statement["Action"]) + texts(statement["NotAction"])
            guard actions.allSatisfy({ $0.lowercased().hasPrefix("sts:") }) else {
                throw malformed("AssumeRole policy may only specify STS AssumeRole actions.")
            }
        }
        try policy.checkNames()
        try policy.checkMeaning()
        guard policy.characters <= IAMLimits.trustPolicyCharacters else {
            throw IAMError.limitExceededException(
                "Cannot exceed quota for ACLSizePerRole: \(IAMLimits.trustPolicyCharacters)")
        }
        return policy
    }

    /// The length as quotas count it: without white space.
    var characters: Int { text.unicodeScalars.count { !$0.properties.isWhitespace } }

    /// Checks that the evaluation can read the document: what it cannot read denies everything.
    func checkMeaning() throws {
        do {
            _ = try Authorization.Policy(json: text)
        } catch {
            throw Self.malformed("\(error)")
        }
    }

    private static let statementMembers: Set<String> = [
        "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource",
        "NotResource", "Condition",
    ]

    private func checkStatements() throws {
        for statement in statements {
            guard let members = statement.members,
                Self.statementMembers.isSuperset(of: members.keys),
                ["allow", "deny"].contains(statement["Effect"]?.stringValue?.lowercased()),
                ["Action", "NotAction", "Resource", "NotResource"].allSatisfy({
                    members[$0].map(Self.isTextOrTexts) ?? true
                }),
                members["Action"] == nil || members["NotAction"] == nil,
                members["Resource"] == nil || members["NotResource"] == nil,
                members["Sid"].map({ $0.stringValue != nil }) ?? true,
                (try? Authorization.Policy.checkConditions(members["Condition"])) != nil
            else { throw Self.syntaxError }
        }
    }

    /// Checks that no two statements have one name.
    ///
    /// - Throws: `MalformedPolicyDocument`.
    func checkNames() throws {
        let names = statements.compactMap { $0["Sid"]?.stringValue }.filter { !$0.isEmpty }
        guard Set(names).count == names.count else {
            throw Self.malformed("Statement IDs (SID) in a single policy must be unique.")
        }
    }

    private static func prohibit(_ names: [String], in statement: Document) throws {
        for name in names where statement[name] != nil {
            throw malformed("Has prohibited field \(name)")
        }
    }

    private static func isTextOrTexts(_ document: Document) -> Bool {
        switch document {
        case .string: true
        case .array(let elements): elements.allSatisfy { $0.stringValue != nil || $0 == .null }
        default: false
        }
    }

    static func texts(_ document: Document?) -> [String] {
        switch document {
        case .string(let text)?: [text]
        case .array(let elements)?: elements.compactMap(\.stringValue)
        default: []
        }
    }

    static var syntaxError: AWSError { malformed("Syntax errors in policy.") }

    static func malformed(_ message: String) -> AWSError {
        IAMError.malformedPolicyDocumentException(message)
    }
}

extension Document {
    /// The members of an object; `nil` where this is none.
    fileprivate var members: [String: Document]? {
        guard case .object(let members) = self else { return nil }
        return members
    }
}
