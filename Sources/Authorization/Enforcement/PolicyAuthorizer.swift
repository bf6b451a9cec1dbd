package import Platform
package import ServiceKit

/// Decides requests by the policies of those who make them and of the resources that they are for.
package final class PolicyAuthorizer: Authorizer {
    private let isEnforcing: Bool
    private let identities: KnownIdentities
    private let ledger: AccessLedger
    private let messages: (any AuthorizationMessages)?

    /// - Parameters:
    ///   - mode: `enforce` or `advise`; with `off` there is no need of an authorizer.
    ///   - messages: makes the encoded messages of services that have them.
    package init(
        mode: AuthorizationMode, directory: any IdentityDirectory, ledger: AccessLedger,
        clock: any Clock, messages: (any AuthorizationMessages)? = nil
    ) {
        isEnforcing = mode == .enforce
        identities = KnownIdentities(directory, clock: clock)
        self.ledger = ledger
        self.messages = messages
    }

    package func authorize(_ requests: [AccessRequest], in context: RequestContext) async throws {
        for request in requests {
            let principal = request.principal ?? context.principal
            for resource in request.resources where !Self.isPlain(request, on: resource, principal)
            {
                let (decision, caller) = try await decide(
                    request, on: resource, as: principal, in: context)
                let isEnforced =
                    isEnforcing || request.isEnforcedForAnonymous && principal == .anonymous
                let entry = AccessLedger.Entry(
                    requestID: context.requestID, time: context.time, caller: caller.principal.arn,
                    bearer: caller.roleARN ?? caller.principal.arn, action: request.action,
                    resource: resource, decision: decision, isEnforced: isEnforced)
                ledger.record(entry)
                guard decision.isAllowed || !isEnforced else {
                    let denial = Denial(
                        entry, of: caller.principal, service: requests[0].action,
                        isTrust: request.isTrust)
                    throw try await denial.error(messages)
                }
            }
        }
    }

    /// Whether an account's root asks for what is the account's, and no policy could speak against it.
    private static func isPlain(
        _ request: AccessRequest, on resource: String, _ principal: Principal
    ) -> Bool {
        guard case .root(let account) = principal else { return false }
        switch (request.resourcePolicy, request.resourcePolicyRole) {
        case (nil, _), (_, .onlyAllows): break
        case (_?, .adds), (_?, .isRequired): return false
        }
        return self.account(of: resource, request) ?? account == account
    }

    private static func account(of resource: String, _ request: AccessRequest) -> String? {
        if let account = request.resourceAccount { return account }
        guard let account = ARN(resource)?.account, account.utf8.count == 12 else { return nil }
        return account
    }

    // MARK: - One decision

    private func decide(
        _ request: AccessRequest, on resource: String, as principal: Principal,
        in context: RequestContext
    ) async throws -> (Decision, PrincipalFacts) {
        let identity = try await identities.identity(of: principal)
        let session = request.principal == nil ? context.session : nil
        let caller = facts(of: principal, identity, session)
        let account =
            Self.account(of: resource, request) ?? principal.account ?? context.account
        var facts = RequestFacts(principal: caller, resourceAccount: account)
        facts.describe(context)
        for (key, values) in request.conditionKeys { facts.keys[key.lowercased()] = values }
        if let claims = session?.federatedClaims {
            for (key, values) in claims { facts.keys[key.lowercased()] = values }
        }

        var policies = ApplicablePolicies()
        policies.identity = identity.policies
        policies.boundary = identity.boundary
        policies.session = try await sessionPolicies(of: principal, session)
        policies.resourceRole = request.resourcePolicyRole
        policies.canHaveResourcePolicy = request.resourcePolicy != nil
        if policies.asksForResourceTags, let tags = request.resourceTags {
            facts.set(resourceTags: try await tags())
        }
        if request.resourcePolicyRole == .onlyAllows || request.resourcePolicy == nil {
            let decision = PolicyEvaluator.decide(
                request.action, on: resource, facts, by: policies)
            let isFinal = decision.isAllowed || decision.outcome == .explicitlyDenied
            if isFinal || request.resourcePolicy == nil && request.isGranted == nil {
                return (decision, caller)
            }
        }
        if let text = try await request.resourcePolicy?() {
            policies.resource = NamedPolicy(resource, identities.policy(text))
            if policies.resource?.policy.asksForResourceTags == true, facts.resourceTags.isEmpty,
                let tags = request.resourceTags
            {
                facts.set(resourceTags: try await tags())
            }
        }
        policies.isGranted = try await request.isGranted?() ?? false
        return (
            PolicyEvaluator.decide(request.action, on: resource, facts, by: policies), caller
        )
    }

    private func facts(
        of principal: Principal, _ identity: KnownIdentities.Identity, _ session: SessionIdentity?
    ) -> PrincipalFacts {
        var facts = PrincipalFacts(principal, tags: identity.tags, session: session)
        if case .assumedRole(let account, let role, _, _) = principal {
            facts.roleARN = identity.arn ?? "arn:aws:iam::\(account):role/\(role)"
        }
        for (key, value) in session?.tags ?? [:] { facts.tags[key.lowercased()] = value }
        return facts
    }

    private func sessionPolicies(
        of principal: Principal, _ session: SessionIdentity?
    ) async throws -> [NamedPolicy]? {
        var policies: [NamedPolicy] = []
        if let session {
            for text in session.policies {
                policies.append(NamedPolicy("session policy", identities.policy(text)))
            }
            policies += try await identities.managedPolicies(session.policyARNs)
            if !session.policies.isEmpty || !session.policyARNs.isEmpty { return policies }
        }
        // A federated user has nothing but what the session's policies say.
        if case .federatedUser = principal { return [] }
        return nil
    }
}

extension AccessRequest {
    /// Whether it is about who may take on a role.
    fileprivate var isTrust: Bool { action.hasPrefix("sts:") && resourcePolicyRole == .isRequired }
}

extension ApplicablePolicies {
    fileprivate var asksForResourceTags: Bool {
        (identity + (boundary ?? []) + (session ?? [])).contains { $0.policy.asksForResourceTags }
    }
}

extension RequestFacts {
    /// Takes over what a request's context says.
    fileprivate mutating func describe(_ context: RequestContext) {
        time = context.time
        region = context.region
        sourceIP = context.sourceIP
        userAgent = context.userAgent
        isEncrypted = context.origin.scheme == "https"
        calledVia = context.calledVia
        if let source = context.sourceARN {
            sourceARN = source.description
            // The ARNs of buckets name no account.
            sourceAccount = source.account.isEmpty ? context.account : source.account
        }
    }

    fileprivate mutating func set(resourceTags tags: [String: String]) {
        for (key, value) in tags { resourceTags[key.lowercased()] = value }
    }
}
