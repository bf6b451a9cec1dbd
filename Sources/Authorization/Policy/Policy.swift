package import Wire

/// A policy, read once and ready to be evaluated many times.
///
/// Source: "Grammar of the IAM JSON policy language" in the IAM User Guide.
package struct Policy: Sendable {
    let statements: [Statement]
    /// Whether a statement wants to know the resource's tags.
    let asksForResourceTags: Bool

    /// Reads a policy.
    ///
    /// - Throws: `PolicyError`.
    package init(_ document: Document) throws(PolicyError) {
        let hasVariables: Bool
        switch document["Version"] {
        case nil, "2008-10-17": hasVariables = false
        case "2012-10-17": hasVariables = true
        default: throw PolicyError("Syntax errors in policy.")
        }
        var statements: [Statement] = []
        switch document["Statement"] {
        case .array(let elements)?:
            for element in elements {
                statements.append(try Statement(element, hasVariables: hasVariables))
            }
        case let element?: statements = [try Statement(element, hasVariables: hasVariables)]
        case nil: throw PolicyError("Syntax errors in policy.")
        }
        self.init(statements)
    }

    /// Reads a policy.
    ///
    /// - Throws: `PolicyError`.
    package init(json: String) throws(PolicyError) {
        guard let document = try? Document(json: json) else {
            throw PolicyError("This policy contains invalid Json")
        }
        try self.init(document)
    }

    /// Checks that the evaluation can read the conditions of a statement.
    ///
    /// - Throws: `PolicyError`.
    package static func checkConditions(_ condition: Document?) throws(PolicyError) {
        _ = try Condition.all(in: condition, hasVariables: true)
    }

    /// A policy that denies everything: what an unreadable one counts for, since what it denied is not known.
    static let unreadable = Policy([.denial])

    private init(_ statements: [Statement]) {
        self.statements = statements
        asksForResourceTags = statements.contains { statement in
            statement.keys.contains { $0.contains(":resourcetag/") }
        }
    }

    /// The condition keys that the policy asks for, in lower case.
    package var conditionKeys: [String] { statements.flatMap(\.keys) }
}
