import Testing
import Wire

@testable import Authorization

@Suite("Statements")
struct StatementTests {
    @Test(
        "an operator of conditions holds as its documentation says", arguments: ConditionTable.rows)
    func condition(row: Table.Row) throws {
        let policy = try Cast.policy([
            "Effect": "Allow", "Action": "*", "Resource": "*",
            "Condition": [row.cells[0]: ["svc:key": try Document(json: row.cells[1])]],
        ])
        var facts = Cast.facts(of: Cast.member("alice"))
        if row.cells[2] != "-" {
            facts.keys["svc:key"] = try Document(json: row.cells[2]).conditionValues()
        }
        #expect(Self.allows(policy, "svc:Do", on: "*", facts) == (row.cells[3] == "yes"))
    }

    @Test("a pattern stands for what its documentation says", arguments: PatternTable.rows)
    func pattern(row: Table.Row) throws {
        let (kind, pattern, value) = (row.cells[0], Document.string(row.cells[1]), row.cells[2])
        var statement: [String: Document] = ["Effect": "Allow"]
        statement["Action"] = ["action": pattern, "notaction": nil][kind] ?? "*"
        statement["Resource"] = kind.hasPrefix("resource") ? pattern : "*"
        if kind == "notaction" {
            statement["Action"] = nil
            statement["NotAction"] = pattern
        }
        if kind == "notresource" {
            statement["Resource"] = nil
            statement["NotResource"] = pattern
        }
        let policy = try Cast.policy(
            statement, version: kind.hasSuffix("2008") ? "2008-10-17" : "2012-10-17")
        let isAction = kind.hasSuffix("action")
        let isAllowed = Self.allows(
            policy, isAction ? value : "s3:GetObject", on: isAction ? "*" : value,
            Cast.facts(of: Cast.member("alice")))
        #expect(isAllowed == (row.cells[3] == "yes"))
    }

    @Test("a principal names whom its documentation says", arguments: PrincipalTable.rows)
    func principal(row: Table.Row) throws {
        let element = try Document(json: row.cells[1])
        let document: Document = .object([
            "Effect": "Allow", "Action": "*", "Resource": "*", row.cells[0]: element,
        ])
        let statement = try Statement(document, hasVariables: true)
        let match = statement.match(Cast.member(row.cells[2]))
        #expect((match != nil) == (row.cells[3] == "yes"))
    }

    @Test("the tables have rows enough")
    func count() {
        let count =
            ConditionTable.rows.count + PatternTable.rows.count + PrincipalTable.rows.count
            + DecisionTable.rows.count
        #expect(count >= 300)
    }

    private static func allows(
        _ policy: Policy, _ action: String, on resource: String, _ facts: RequestFacts
    ) -> Bool {
        var policies = ApplicablePolicies()
        policies.identity = [NamedPolicy("p", policy)]
        return PolicyEvaluator.decide(action, on: resource, facts, by: policies).isAllowed
    }
}
