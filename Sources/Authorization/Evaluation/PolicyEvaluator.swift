import ServiceKit

/// Decides requests by policies: a pure function of both.
///
/// Source: "Policy evaluation logic", "Policy evaluation for requests within a single account" and "Cross-account policy
/// evaluation logic" in the IAM User Guide.
package struct PolicyEvaluator: Sendable {
    private let request: EvaluatedRequest
    private let caller: PrincipalFacts
    private let policies: ApplicablePolicies

    /// What the statements of one kind of policy say.
    private struct Finding {
        var deny: Decision.Match?
        var allow: Decision.Match?
        var strength: PrincipalMatch?
    }

    /// Decides whether the principal of `facts` may do `action` on `resource`.
    package static func decide(
        _ action: String, on resource: String, _ facts: RequestFacts,
        by policies: ApplicablePolicies
    ) -> Decision {
        PolicyEvaluator(
            request: EvaluatedRequest(action: action, resource: resource, facts: facts),
            caller: facts.principal, policies: policies
        ).decision
    }

    private var decision: Decision {
        let levels =
            policies.serviceControl.map { (Decision.PolicyKind.serviceControl, $0) }
            + policies.resourceControl.map { (Decision.PolicyKind.resourceControl, $0) }
        let organization = isBoundByOrganization ? levels : []
        let organizations = organization.map { ($0.0, find($0.1, $0.0)) }
        let resource = find(policies.resource.map { [$0] } ?? [], .resource)
        let identity = find(policies.identity, .identity)
        let boundary = policies.boundary.map { find($0, .boundary) }
        let session = policies.session.map { find($0, .session) }

        // An explicit deny wins, wherever it stands.
        let findings = organizations.map(\.1) + [resource, identity, boundary, session]
        for finding in findings {
            if let deny = finding?.deny { return .denied(deny) }
        }
        for (kind, finding) in organizations where finding.allow == nil {
            return .denied(missing: kind)
        }
        switch caller.principal {
        case .service, .federated, .anonymous: return byResourceAlone(resource)
        case .root, .user, .assumedRole, .federatedUser: break
        }
        let own = ownSide(identity, boundary, session)
        guard caller.account == request.facts.resourceAccount else {
            return crossAccount(resource, own)
        }
        return withinAccount(resource, own, boundary, session)
    }

    /// Services of AWS are no part of an organization.
    private var isBoundByOrganization: Bool {
        if case .service = caller.principal { return false }
        return true
    }

    // MARK: - Callers without policies of their own

    private func byResourceAlone(_ resource: Finding) -> Decision {
        if let allow = resource.allow, let strength = resource.strength {
            // An account's name lets in nobody who is of no account.
            if strength != .account { return .allowed(allow) }
        }
        if policies.isGranted { return .allowed(nil) }
        // What has no policies trusts Apus's own services.
        if case .service = caller.principal, !policies.canHaveResourcePolicy {
            return .allowed(nil)
        }
        return .denied(missing: .resource)
    }

    // MARK: - Callers of an account

    /// What the policies on the caller's side say together.
    private func ownSide(
        _ identity: Finding, _ boundary: Finding?, _ session: Finding?
    ) -> Decision {
        if case .root = caller.principal, policies.session == nil { return .allowed(nil) }
        let isRoot = if case .root = caller.principal { true } else { false }
        guard isRoot || identity.allow != nil else { return .denied(missing: .identity) }
        if let boundary, boundary.allow == nil { return .denied(missing: .boundary) }
        if let session, session.allow == nil { return .denied(missing: .session) }
        return .allowed(identity.allow)
    }

    /// Both accounts have to agree.
    private func crossAccount(_ resource: Finding, _ own: Decision) -> Decision {
        guard own.isAllowed else { return own }
        if let allow = resource.allow { return .allowed(allow) }
        return policies.isGranted ? .allowed(nil) : .denied(missing: .resource)
    }

    private func withinAccount(
        _ resource: Finding, _ own: Decision, _ boundary: Finding?, _ session: Finding?
    ) -> Decision {
        if let allow = resource.allow, let strength = resource.strength,
            let decision = granted(allow, strength, boundary, session)
        {
            return decision
        }
        if policies.isGranted { return .allowed(nil) }
        if policies.resourceRole == .isRequired, resource.allow == nil {
            return .denied(missing: .resource)
        }
        return own
    }

    /// What a resource's policy that allows comes to; `nil` where it leaves the decision to the caller's own policies.
    private func granted(
        _ allow: Decision.Match, _ strength: PrincipalMatch, _ boundary: Finding?,
        _ session: Finding?
    ) -> Decision? {
        switch (strength, caller.principal) {
        case (.account, _): return nil
        case (.itself, _), (.everybody, .user), (.everybody, .root):
            return .allowed(allow)
        default:
            // The role is named, not its session: what bounds the session counts.
            if let boundary, boundary.allow == nil { return .denied(missing: .boundary) }
            if let session, session.allow == nil { return .denied(missing: .session) }
            return .allowed(allow)
        }
    }

    // MARK: - Statements

    private func find(_ policies: [NamedPolicy], _ kind: Decision.PolicyKind) -> Finding {
        var finding = Finding()
        for applicable in policies {
            for (index, statement) in applicable.policy.statements.enumerated() {
                let isDeny = statement.effect == .deny
                // A second allow says more only where it names the caller more closely.
                if !isDeny, finding.allow != nil, kind != .resource { continue }
                // A policy of the caller's is about the caller; a resource's names whom it is about.
                let named = kind == .resource ? statement.match(caller) : .itself
                guard let strength = named, statement.applies(to: request) else { continue }
                let match = Decision.Match(
                    kind: kind, policy: applicable.name, statement: index, sid: statement.sid)
                if isDeny {
                    finding.deny = match
                    return finding
                }
                if finding.strength.map({ $0 < strength }) ?? true {
                    finding.allow = match
                    finding.strength = strength
                }
            }
        }
        return finding
    }
}
