import ServiceKit
import Wire

@testable import Authorization

/// Reads the policies of `DecisionTable`.
enum PolicyNotation {
    /// The policies of `identity { Allow s3:* *; … } boundary { … }`.
    static func policies(_ text: String) throws -> ApplicablePolicies {
        var policies = ApplicablePolicies()
        for part in text.split(separator: " }") where part.contains("{") {
            let halves = part.split(
                separator: "{", maxSplits: 1, omittingEmptySubsequences: false)
            let kind = halves[0].filter { $0 != " " }
            let policy = try policy(String(halves[1]))
            let list = [policy].compactMap { $0 }
            switch kind {
            case "identity": policies.identity = list
            case "boundary": policies.boundary = list
            case "session": policies.session = list
            case "scp": policies.serviceControl.append(list)
            case "rcp": policies.resourceControl.append(list)
            case "resource", "required":
                policies.resource = policy
                policies.canHaveResourcePolicy = true
                if kind == "required" { policies.resourceRole = .isRequired }
            default: preconditionFailure(kind)
            }
        }
        return policies
    }

    /// A decision as the table has it.
    static func text(_ decision: Decision) -> String {
        let names: [Decision.PolicyKind: String] = [
            .identity: "identity", .resource: "resource", .boundary: "boundary",
            .session: "session", .serviceControl: "scp", .resourceControl: "rcp",
        ]
        let kind = (decision.match?.kind ?? decision.missing).flatMap { names[$0] } ?? "-"
        return switch decision.outcome {
        case .allowed: "allow \(kind)"
        case .explicitlyDenied: "deny by \(kind)"
        case .implicitlyDenied: "deny missing \(kind)"
        }
    }

    private static func policy(_ text: String) throws -> NamedPolicy? {
        let statements = try text.split(separator: ";").compactMap { try statement(String($0)) }
        guard !statements.isEmpty else { return nil }
        let document: Document = ["Version": "2012-10-17", "Statement": .array(statements)]
        return NamedPolicy("p", try Policy(document))
    }

    private static func statement(_ text: String) throws -> Document? {
        var words = text.split(separator: " ").map(String.init)
        guard !words.isEmpty else { return nil }
        var members: [String: Document] = ["Effect": .string(words.removeFirst())]
        if words[0].hasPrefix("@") || words[0].hasPrefix("!@") {
            let word = words.removeFirst()
            members[word.hasPrefix("!") ? "NotPrincipal" : "Principal"] = principal(word)
        }
        set("Action", words[0], in: &members)
        if words[1] != "-" { set("Resource", words[1], in: &members) }
        if words.count > 2 {
            precondition(words[2] == "?" && words.count == 6, text)
            members["Condition"] = [words[3]: [words[4]: .string(words[5])]]
        }
        return .object(members)
    }

    private static func set(_ name: String, _ word: String, in members: inout [String: Document]) {
        if word.hasPrefix("!") {
            members["Not\(name)"] = .string(String(word.dropFirst()))
        } else {
            members[name] = .string(word)
        }
    }

    private static func principal(_ word: String) -> Document {
        var kinds: [String: [Document]] = [:]
        for name in word.drop(while: { $0 == "!" || $0 == "@" }).split(separator: "+") {
            let (kind, value) = Cast.element(String(name))
            kinds[kind, default: []].append(.string(value))
        }
        return .object(kinds.mapValues { .array($0) })
    }
}
