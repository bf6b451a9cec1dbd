import Platform
import Testing
import Wire

@testable import Authorization

@Suite("Properties of decisions")
struct PropertyTests {
    private static let rounds = 3000

    /// Draws policies from a few actions, resources and principals, so that they often meet.
    private struct Draw {
        let randomness: SeededRandomness

        func pick<Value>(_ values: [Value]) -> Value {
            values[Int(randomness.fraction() * Double(values.count))]
        }

        func policy(named name: String, naming principals: Bool) throws -> NamedPolicy {
            let count = pick([1, 1, 2, 3])
            let statements = (0..<count).map { _ in statement(naming: principals) }
            let document: Document = ["Version": "2012-10-17", "Statement": .array(statements)]
            return NamedPolicy(name, try Policy(document))
        }

        private func statement(naming principals: Bool) -> Document {
            var members: [String: Document] = ["Effect": pick(["Allow", "Allow", "Deny"])]
            members[pick(["Action", "Action", "NotAction"])] = pick(
                ["*", "s3:*", "s3:Get*", "sqs:SendMessage"])
            members[pick(["Resource", "Resource", "NotResource"])] = pick(
                ["*", "arn:aws:s3:::b/*", "arn:aws:s3:::b/${aws:username}"])
            if principals {
                let (kind, value) = Cast.element(
                    pick(["*", "account", "alice", "bob", "role", "session"]))
                members["Principal"] = [kind: .string(value)]
            }
            if randomness.fraction() < 0.3 {
                members["Condition"] = [
                    pick(["StringEquals", "StringNotEquals"]): ["aws:username": "alice"]
                ]
            }
            return .object(members)
        }

        func policies() throws -> ApplicablePolicies {
            var policies = ApplicablePolicies()
            policies.identity = try (0..<pick([0, 1, 2])).map {
                try policy(named: "identity\($0)", naming: false)
            }
            if randomness.fraction() < 0.5 {
                policies.boundary = [try policy(named: "boundary", naming: false)]
            }
            if randomness.fraction() < 0.3 {
                policies.session = [try policy(named: "session", naming: false)]
            }
            if randomness.fraction() < 0.5 {
                policies.resource = try policy(named: "resource", naming: true)
                policies.canHaveResourcePolicy = true
            }
            return policies
        }

        func decide(_ policies: ApplicablePolicies, _ question: Question) -> Decision {
            PolicyEvaluator.decide(
                question.action, on: question.resource,
                Cast.facts(of: Cast.member(question.caller)),
                by: policies)
        }

        func question() -> Question {
            Question(
                caller: pick(["alice", "session", "stranger", "federated-user"]),
                action: pick(["s3:GetObject", "s3:PutObject", "sqs:SendMessage"]),
                resource: pick(["arn:aws:s3:::b/alice", "arn:aws:s3:::b/k", "arn:aws:sqs:::q"]))
        }
    }

    private struct Question {
        let caller: String
        let action: String
        let resource: String
    }

    private static let everything = #"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#

    @Test("a statement that denies wins wherever it stands")
    func denyWins() throws {
        let draw = Draw(randomness: SeededRandomness(seed: 11))
        let denial = try Policy(
            json: #"{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":"*"}}"#)
        for _ in 0..<Self.rounds {
            var policies = try draw.policies()
            let named = NamedPolicy("denial", denial)
            switch draw.pick([0, 1, 2, 3]) {
            case 0: policies.identity.append(named)
            case 1: policies.boundary = (policies.boundary ?? []) + [named]
            case 2: policies.session = (policies.session ?? []) + [named]
            default: policies.resource = named
            }
            #expect(draw.decide(policies, draw.question()).outcome == .explicitlyDenied)
        }
    }

    @Test("one more allow takes nothing away")
    func allowAdds() throws {
        let draw = Draw(randomness: SeededRandomness(seed: 12))
        let all = NamedPolicy("all", try Policy(json: Self.everything))
        for _ in 0..<Self.rounds {
            let policies = try draw.policies()
            let question = draw.question()
            guard draw.decide(policies, question).isAllowed else { continue }
            var more = policies
            more.identity.append(all)
            #expect(draw.decide(more, question).isAllowed)
            more = policies
            if more.boundary != nil { more.boundary?.append(all) }
            if more.session != nil { more.session?.append(all) }
            #expect(draw.decide(more, question).isAllowed)
        }
    }

    @Test("a boundary or a session's policy never widens what is allowed")
    func boundaryNarrows() throws {
        let draw = Draw(randomness: SeededRandomness(seed: 13))
        for _ in 0..<Self.rounds {
            var policies = try draw.policies()
            policies.boundary = nil
            policies.session = nil
            let question = draw.question()
            guard !draw.decide(policies, question).isAllowed else { continue }
            policies.boundary = [try draw.policy(named: "boundary", naming: false)]
            #expect(!draw.decide(policies, question).isAllowed)
            policies.session = [try draw.policy(named: "session", naming: false)]
            #expect(!draw.decide(policies, question).isAllowed)
        }
    }

    @Test("another account's caller needs an allow on both sides")
    func bothSides() throws {
        let draw = Draw(randomness: SeededRandomness(seed: 14))
        for _ in 0..<Self.rounds {
            let policies = try draw.policies()
            var question = draw.question()
            question = Question(
                caller: "stranger", action: question.action, resource: question.resource)
            guard draw.decide(policies, question).isAllowed else { continue }
            var less = policies
            less.identity = []
            #expect(!draw.decide(less, question).isAllowed)
            less = policies
            less.resource = nil
            #expect(!draw.decide(less, question).isAllowed)
        }
    }

    @Test("patterns match as a plain matcher does that tries every way")
    func patterns() {
        let draw = Draw(randomness: SeededRandomness(seed: 15))
        for _ in 0..<Self.rounds {
            let pattern = String((0..<draw.pick([1, 3, 6])).map { _ in draw.pick(Array("ab*?")) })
            let text = String((0..<draw.pick([0, 2, 5, 8])).map { _ in draw.pick(Array("ab")) })
            let expected = Self.matches(Array(pattern)[...], Array(text)[...])
            #expect(
                WildcardPattern(pattern).matches(Array(text.utf8)) == expected, "\(pattern) \(text)"
            )
        }
    }

    private static func matches(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>)
        -> Bool
    {
        guard let first = pattern.first else { return text.isEmpty }
        switch first {
        case "*":
            return matches(pattern.dropFirst(), text)
                || !text.isEmpty && matches(pattern, text.dropFirst())
        case "?": return !text.isEmpty && matches(pattern.dropFirst(), text.dropFirst())
        default: return text.first == first && matches(pattern.dropFirst(), text.dropFirst())
        }
    }
}
