import DynamoDBValues
import Testing

@testable import DynamoDB

@Suite("Key conditions")
struct KeyConditionTests {
    private static let values: AttributeMap = [
        ":p": .string("p"), ":a": .string("a"), ":b": .string("b"), ":n": Compiling.number("1"),
        ":t": .boolean(true),
    ]

    private static func clauses(_ text: String) throws -> [KeyClause] {
        var binder = ConditionBinder(.keyCondition, Placeholders(values: values))
        return try binder.keyClauses(try ExpressionParser.condition(.keyCondition, text))
    }

    private static let forms: [(String, KeyClause.Operator, [String])] = [
        ("sk = :a", .equal, ["a"]), ("sk < :a", .less, ["a"]), ("sk <= :a", .lessOrEqual, ["a"]),
        ("sk > :a", .greater, ["a"]), (":a <= sk", .greaterOrEqual, ["a"]),
        (":a < sk", .greater, ["a"]), ("sk BETWEEN :a AND :b", .between, ["a", "b"]),
        ("begins_with(sk, :a)", .beginsWith, ["a"]), ("(sk = :a)", .equal, ["a"]),
        ("((sk = :a))", .equal, ["a"]),
    ]

    @Test("a key condition says something of each attribute, in any order", arguments: forms)
    func clauses(text: String, test: KeyClause.Operator, values: [String]) throws {
        let sort = KeyClause(attribute: "sk", test: test, values: values.map { .string($0) })
        let hash = KeyClause(attribute: "pk", test: .equal, values: [.string("p")])
        #expect(try Self.clauses("pk = :p AND \(text)") == [hash, sort])
        #expect(try Self.clauses("\(text) AND (pk = :p)") == [sort, hash])
    }

    private static let refusals: [(String, String)] = [
        ("pk = :p OR sk = :a", "Invalid operator used in KeyConditionExpression: OR"),
        ("NOT pk = :p", "Invalid operator used in KeyConditionExpression: NOT"),
        ("pk <> :p", "Invalid operator used in KeyConditionExpression: <>"),
        ("pk IN (:p)", "Invalid operator used in KeyConditionExpression: IN"),
        ("contains(pk, :p)", "Invalid operator used in KeyConditionExpression: contains"),
        (
            "pk = sk",
            "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition"
        ),
        (":a = :b", "Invalid condition in KeyConditionExpression: No key attribute specified"),
        ("size(pk) = :n", "KeyConditionExpressions cannot contain nested operations"),
        ("pk.a = :p", "KeyConditionExpressions cannot have conditions on nested attributes"),
        (
            "pk = :p AND sk > :a AND sk < :b",
            "KeyConditionExpressions must only contain one condition per key"
        ),
        (
            "pk = :p AND begins_with(sk, :n)",
            "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N"
        ),
        (
            "pk = :p AND :t >= sk",
            "Incorrect operand type for operator or function; operator or function: >=, operand type: BOOL"
        ),
        ("", "The expression can not be empty;"),
    ]

    @Test("what is no key condition is refused in DynamoDB's words", arguments: refusals)
    func refused(text: String, message: String) {
        let found = Compiling.message { _ = try Compiling.keys(text, Self.values) }
        #expect(found == "Invalid KeyConditionExpression: " + message)
    }
}
