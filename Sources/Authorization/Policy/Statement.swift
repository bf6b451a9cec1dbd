import Wire

/// A statement of a policy, compiled.
struct Statement: Sendable {
    enum Effect: String, Sendable {
        case allow = "Allow"
        case deny = "Deny"
    }

    private enum Principals: Sendable {
        case unnamed
        case these(PrincipalElement)
        case allBut(PrincipalElement)
    }

    let sid: String?
    let effect: Effect
    private let actions: [ActionPattern]
    private let isActionNegated: Bool
    /// Empty where the statement has no resources, as those of trust policies: it is about what it stands on.
    private let resources: [PolicyText]
    private let isResourceNegated: Bool
    private let principals: Principals
    let conditions: [Condition]

    /// Reads a statement.
    ///
    /// - Parameter hasVariables: whether the policy's version knows variables.
    /// - Throws: `PolicyError`.
    init(_ document: Document, hasVariables: Bool) throws(PolicyError) {
        guard case .object(let members) = document,
            let effect = members["Effect"]?.stringValue.flatMap(Effect.init)
        else { throw PolicyError("Syntax errors in policy.") }
        self.effect = effect
        sid = members["Sid"]?.stringValue
        isActionNegated = members["NotAction"] != nil
        guard let actions = members["Action"] ?? members["NotAction"] else {
            throw PolicyError("Policy statement must contain actions.")
        }
        var patterns: [ActionPattern] = []
        for text in try actions.policyTexts() {
            guard let pattern = ActionPattern(text) else {
                throw PolicyError(
                    "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")
            }
            patterns.append(pattern)
        }
        self.actions = patterns
        isResourceNegated = members["NotResource"] != nil
        if let resources = members["Resource"] ?? members["NotResource"] {
            self.resources = try resources.policyTexts().map {
                PolicyText(resource: $0, hasVariables: hasVariables)
            }
        } else {
            resources = []
        }
        if let principal = members["Principal"] {
            principals = .these(try PrincipalElement(principal))
        } else if let principal = members["NotPrincipal"] {
            principals = .allBut(try PrincipalElement(principal))
        } else {
            principals = .unnamed
        }
        conditions = try Condition.all(in: members["Condition"], hasVariables: hasVariables)
    }

    /// Denies everything: what is left of a policy that cannot be read.
    static let denial = Statement(denying: ())

    private init(denying: Void) {
        sid = "UnreadablePolicy"
        effect = .deny
        actions = []
        isActionNegated = true
        resources = []
        isResourceNegated = false
        principals = .allBut(PrincipalElement())
        conditions = []
    }

    /// Whether the statement is about the request, whoever makes it.
    func applies(to request: EvaluatedRequest) -> Bool {
        guard actions.contains(where: { $0.matches(request.action) }) != isActionNegated else {
            return false
        }
        if !resources.isEmpty {
            let isNamed = resources.contains { $0.matches(request.resource, request.facts) }
            guard isNamed != isResourceNegated else { return false }
        }
        return conditions.allSatisfy { $0.holds(in: request.facts) }
    }

    /// How the statement names the one who asks; `nil` where it does not.
    func match(_ caller: PrincipalFacts) -> PrincipalMatch? {
        switch principals {
        case .unnamed: nil
        case .these(let element): element.match(caller)
        case .allBut(let element):
            switch effect {
            case .deny: element.excepts(caller) ? nil : .itself
            case .allow: element.match(caller) == nil ? .everybody : nil
            }
        }
    }

    /// The condition keys that the statement asks for, in lower case.
    var keys: [String] {
        conditions.map(\.key) + conditions.flatMap(\.variables) + resources.flatMap(\.variables)
    }
}
