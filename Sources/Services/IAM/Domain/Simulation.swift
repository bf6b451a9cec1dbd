import Authorization
import IAMModel
import Platform
import ServiceKit
import Wire

/// A question to the engine about given policies and a made-up request.
///
/// Source: API_SimulateCustomPolicy in the IAM API Reference.
struct Simulation: Sendable {
    private let actions: [String]
    private let resources: [String]
    private var policies = ApplicablePolicies()
    private var facts: RequestFacts

    private init(
        actions: [String], resources: [String]?, boundary: [String]?, resourcePolicy: String?,
        owner: String?, caller: String?, entries: [ContextEntry]?, in context: RequestContext
    ) throws {
        self.actions = actions
        self.resources = resources ?? ["*"]
        let principal = Self.principal(caller, in: context)
        let account = owner.flatMap { ARN($0)?.account } ?? owner ?? principal.account
        facts = RequestFacts(
            principal: PrincipalFacts(principal), resourceAccount: account ?? context.account)
        facts.time = context.time
        for entry in entries ?? [] {
            guard let name = entry.contextKeyName else { continue }
            facts.keys[name.lowercased()] = entry.contextKeyValues ?? []
        }
        if let boundary {
            policies.boundary = try boundary.enumerated().map {
                try Self.named("PermissionsBoundaryPolicyInputList.\($0.offset + 1)", $0.element)
            }
        }
        if let resourcePolicy {
            policies.resource = try Self.named("ResourcePolicy", resourcePolicy)
            policies.canHaveResourcePolicy = true
        }
    }

    /// Reads a request about given policies.
    ///
    /// - Throws: `InvalidInput` for what is no policy.
    init(_ input: SimulateCustomPolicyRequest, in context: RequestContext) throws {
        try self.init(
            actions: input.actionNames, resources: input.resourceArns,
            boundary: input.permissionsBoundaryPolicyInputList,
            resourcePolicy: input.resourcePolicy, owner: input.resourceOwner,
            caller: input.callerArn, entries: input.contextEntries, in: context)
    }

    /// Reads a request about the policies of a user, group or role.
    ///
    /// - Throws: `InvalidInput` for what is no policy.
    init(_ input: SimulatePrincipalPolicyRequest, in context: RequestContext) throws {
        try self.init(
            actions: input.actionNames, resources: input.resourceArns,
            boundary: input.permissionsBoundaryPolicyInputList,
            resourcePolicy: input.resourcePolicy, owner: input.resourceOwner,
            caller: input.callerArn ?? input.policySourceArn, entries: input.contextEntries,
            in: context)
    }

    /// Adds policies that a request gives.
    ///
    /// - Throws: `InvalidInput` for what is no policy.
    mutating func add(identity texts: [String]) throws {
        for (index, text) in texts.enumerated() {
            policies.identity.append(try Self.named("PolicyInputList.\(index + 1)", text))
        }
    }

    /// Adds policies that IAM keeps.
    mutating func add(_ records: [PolicyRecord]) throws {
        for record in records {
            policies.identity.append(try Self.named(record.name, record.document))
        }
    }

    /// Bounds what the policies allow; a policy that is not there allows nothing.
    mutating func add(boundary record: PolicyRecord?) throws {
        policies.boundary = try record.map { [try Self.named($0.name, $0.document)] } ?? []
    }

    /// The answer for each action.
    func results() -> [EvaluationResult] {
        actions.map { action in
            let decisions = resources.map { resource in
                (resource, PolicyEvaluator.decide(action, on: resource, facts, by: policies))
            }
            // The least of the answers stands for all resources together.
            let worst =
                decisions.first { $0.1.outcome == .explicitlyDenied }
                ?? decisions.first { !$0.1.isAllowed } ?? decisions[0]
            var result = EvaluationResult(
                evalActionName: action, evalResourceName: worst.0,
                evalDecision: worst.1.outcome.rawValue,
                matchedStatements: Self.statements(worst.1), missingContextValues: missingKeys)
            if policies.boundary != nil {
                result.permissionsBoundaryDecisionDetail = Self.boundaryDetail(worst.1)
            }
            if resources.count > 1 {
                result.resourceSpecificResults = decisions.map { resource, decision in
                    ResourceSpecificResult(
                        evalResourceName: resource,
                        evalResourceDecision: decision.outcome.rawValue,
                        matchedStatements: Self.statements(decision),
                        missingContextValues: missingKeys)
                }
            }
            return result
        }
    }

    private static func boundaryDetail(_ decision: Decision) -> PermissionsBoundaryDecisionDetail {
        let isBounded = decision.missing == .boundary || decision.match?.kind == .boundary
        return PermissionsBoundaryDecisionDetail(
            allowedByPermissionsBoundary: !(isBounded && !decision.isAllowed))
    }

    /// The condition keys that policies ask for, sorted.
    ///
    /// - Throws: `InvalidInput` for what is no policy.
    static func contextKeys(of texts: [String]) throws -> [String] {
        let keys = try texts.flatMap { try read($0).conditionKeys }
        return Set(keys).sorted()
    }

    /// The keys that the policies ask for and the request does not have.
    private var missingKeys: [String] {
        let named = policies.identity + (policies.boundary ?? [])
        let asked = Set(named.flatMap { $0.policy.conditionKeys })
        return asked.filter { facts.keys[$0] == nil && !$0.hasPrefix("aws:currenttime") }.sorted()
    }

    private static func statements(_ decision: Decision) -> [Statement] {
        guard let match = decision.match else { return [] }
        let type = match.kind == .resource ? "Resource Policy" : "IAM Policy"
        return [
            Statement(
                sourcePolicyId: match.policy, sourcePolicyType: type,
                startPosition: Position(line: 1, column: 1),
                endPosition: Position(line: 1, column: 1))
        ]
    }

    private static func named(_ name: String, _ text: String) throws -> NamedPolicy {
        NamedPolicy(name, try read(text))
    }

    private static func read(_ text: String) throws -> Authorization.Policy {
        do {
            return try Authorization.Policy(json: text)
        } catch {
            throw IAMError.invalidInputException("Invalid policy document: \(error)")
        }
    }

    /// Who the made-up request is from.
    private static func principal(_ arn: String?, in context: RequestContext) -> Principal {
        guard let arn, let parsed = ARN(arn) else { return simulated(context.account) }
        let parts = parsed.resource.split(separator: "/")
        guard parts.count >= 2, let name = parts.last.map(String.init) else {
            return simulated(parsed.account)
        }
        let path = "/" + parts.dropFirst().dropLast().map { "\($0)/" }.joined()
        switch parts[0] {
        case "user": return .user(account: parsed.account, path: path, name: name, id: "")
        case "role":
            return .assumedRole(
                account: parsed.account, role: name, roleID: "", session: "simulation")
        default: return simulated(parsed.account)
        }
    }

    private static func simulated(_ account: String) -> Principal {
        .user(account: account, path: "/", name: "simulated", id: "")
    }
}
