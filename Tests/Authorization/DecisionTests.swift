import ServiceKit
import Testing
import Wire

@testable import Authorization

@Suite("Decisions")
struct DecisionTests {
    @Test("policies decide as their documentation says", arguments: DecisionTable.rows)
    func decision(row: Table.Row) throws {
        let resource = row.cells[2]
        let owner = ARN(resource).map(\.account) ?? ""
        let facts = Cast.facts(
            of: Cast.member(row.cells[0]), resourceAccount: owner.isEmpty ? Cast.account : owner)
        let decision = PolicyEvaluator.decide(
            row.cells[1], on: resource, facts, by: try PolicyNotation.policies(row.cells[3]))
        #expect(PolicyNotation.text(decision) == row.cells[4])
    }

    @Test("a decision names the policy and the statement that made it")
    func match() throws {
        var policies = ApplicablePolicies()
        policies.identity = [
            NamedPolicy(
                "first", try Cast.policy(["Effect": "Allow", "Action": "*", "Resource": "*"])),
            NamedPolicy(
                "second",
                try Cast.policy(
                    ["Effect": "Allow", "Action": "sqs:*", "Resource": "*"],
                    ["Sid": "NoBuckets", "Effect": "Deny", "Action": "s3:*", "Resource": "*"])),
        ]
        let facts = Cast.facts(of: Cast.member("alice"))
        let denied = PolicyEvaluator.decide("s3:GetObject", on: "*", facts, by: policies)
        #expect(
            denied.match
                == Decision.Match(kind: .identity, policy: "second", statement: 1, sid: "NoBuckets")
        )
        let allowed = PolicyEvaluator.decide("sqs:SendMessage", on: "*", facts, by: policies)
        #expect(
            allowed.match
                == Decision.Match(kind: .identity, policy: "first", statement: 0, sid: nil))
    }

    @Test("what cannot be read denies everything")
    func unreadable() {
        let cache = PolicyCache()
        var policies = ApplicablePolicies()
        policies.identity = [
            NamedPolicy(
                "all",
                cache.policy(#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#)),
            NamedPolicy("broken", cache.policy("{")),
        ]
        let decision = PolicyEvaluator.decide(
            "s3:GetObject", on: "*", Cast.facts(of: Cast.member("alice")), by: policies)
        #expect(decision.outcome == .explicitlyDenied)
        #expect(decision.match?.policy == "broken")
    }

    @Test(
        "what is no policy is refused",
        arguments: [
            "{", "[]", #"{"Version":"2013-01-01","Statement":[]}"#, #"{"Version":"2012-10-17"}"#,
            #"{"Statement":{"Effect":"Maybe","Action":"*","Resource":"*"}}"#,
            #"{"Statement":{"Effect":"Allow","Resource":"*"}}"#,
            #"{"Statement":{"Effect":"Allow","Action":"s3","Resource":"*"}}"#,
            #"{"Statement":{"Effect":"Allow","Action":7,"Resource":"*"}}"#,
            #"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Is":{"a:b":"c"}}}}"#,
            #"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":"c"}}}"#,
            #"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"a:b":{}}}}}"#,
            #"{"Statement":{"Effect":"Allow","Action":"*","Principal":{"Robot":"x"}}}"#,
        ])
    func malformed(json: String) {
        #expect(throws: PolicyError.self) { try Policy(json: json) }
    }
}
