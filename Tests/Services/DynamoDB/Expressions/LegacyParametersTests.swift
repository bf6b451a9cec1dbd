import DynamoDBModel
import DynamoDBValues
import Testing

@testable import DynamoDB

@Suite("Legacy parameters")
struct LegacyParametersTests {
    private static let legacy = LegacyParameters(.older)
    private static let item: AttributeMap = [
        "s": .string("hello"), "n": Compiling.number("5"), "tags": .stringSet(["a"]),
    ]

    private static let conditions: [(String, String, [AttributeValue], Bool)] = [
        ("s", "EQ", [.string("hello")], true), ("s", "NE", [.string("x")], true),
        ("n", "LT", [Compiling.number("6")], true), ("n", "LE", [Compiling.number("5")], true),
        ("n", "GT", [Compiling.number("5")], false), ("n", "GE", [Compiling.number("5")], true),
        ("n", "BETWEEN", [Compiling.number("1"), Compiling.number("5")], true),
        ("n", "IN", [Compiling.number("1"), Compiling.number("5")], true),
        ("s", "BEGINS_WITH", [.string("he")], true), ("s", "CONTAINS", [.string("ell")], true),
        ("tags", "CONTAINS", [.string("a")], true), ("s", "NOT_CONTAINS", [.string("z")], true),
        ("s", "NOT_NULL", [], true), ("s", "NULL", [], false), ("x", "NULL", [], true),
    ]

    @Test("comparison operators say what conditions say", arguments: conditions)
    func condition(
        name: String, comparison: String, values: [AttributeValue], holds: Bool
    ) throws {
        let filter = try Self.legacy.filter(
            [name: Condition(attributeValueList: values, comparisonOperator: comparison)], nil)
        #expect(filter?.holds(for: Self.item) == holds)
    }

    @Test("conditions are joined by the conditional operator")
    func operators() throws {
        let right = Condition(attributeValueList: [.string("hello")], comparisonOperator: "EQ")
        let wrong = Condition(attributeValueList: [.string("x")], comparisonOperator: "EQ")
        let both = ["s": right, "t": wrong]
        #expect(try Self.legacy.filter(both, nil)?.holds(for: Self.item) == false)
        #expect(try Self.legacy.filter(both, "AND")?.holds(for: Self.item) == false)
        #expect(try Self.legacy.filter(both, "OR")?.holds(for: Self.item) == true)
        #expect(
            Compiling.message { _ = try Self.legacy.filter(["s": right], "OR") }
                == "One or more parameter values were invalid: ConditionalOperator can only be used when Filter or Expected has two or more elements"
        )
    }

    private static let expectations: [(ExpectedAttributeValue, String)] = [
        (.init(exists: true), "Value must be provided when Exists is true for Attribute: s"),
        (.init(), "Value must be provided when Exists is null for Attribute: s"),
        (
            .init(value: .null, exists: false),
            "Value cannot be used when Exists is set to false for Attribute: s"
        ),
        (
            .init(comparisonOperator: "EQ"),
            "Value or AttributeValueList must be used with ComparisonOperator: EQ for Attribute: s"
        ),
        (
            .init(exists: true, comparisonOperator: "EQ"),
            "Exists and ComparisonOperator cannot be used together for Attribute: s"
        ),
        (
            .init(value: .null, comparisonOperator: "EQ", attributeValueList: [.null]),
            "Value and AttributeValueList cannot be used together for Attribute: s"
        ),
        (
            .init(attributeValueList: [.null]),
            "AttributeValueList can only be used with a ComparisonOperator for Attribute: s"
        ),
        (
            .init(comparisonOperator: "BETWEEN", attributeValueList: [.string("a")]),
            "Invalid number of argument(s) for the BETWEEN ComparisonOperator"
        ),
        (
            .init(comparisonOperator: "LT", attributeValueList: [.boolean(true)]),
            "ComparisonOperator LT is not valid for BOOL AttributeValue type"
        ),
    ]

    @Test("an expectation that is none is refused in DynamoDB's words", arguments: expectations)
    func refused(expected: ExpectedAttributeValue, message: String) {
        let found = Compiling.message { _ = try Self.legacy.expected(["s": expected], nil) }
        #expect(found == "One or more parameter values were invalid: " + message)
    }

    @Test("expectations hold")
    func held() throws {
        func holds(_ expected: ExpectedAttributeValue, _ name: String = "s") throws -> Bool? {
            try Self.legacy.expected([name: expected], nil)?.holds(for: Self.item)
        }
        #expect(try holds(.init(value: .string("hello"))) == true)
        #expect(try holds(.init(value: .string("hello"), exists: true)) == true)
        #expect(try holds(.init(exists: false)) == false)
        #expect(try holds(.init(exists: false), "x") == true)
        #expect(try Self.legacy.expected(nil, nil) == nil)
    }

    @Test("key conditions are indexable")
    func keys() throws {
        let clauses = try Self.legacy.keyClauses([
            "pk": Condition(attributeValueList: [.string("p")], comparisonOperator: "EQ"),
            "sk": Condition(attributeValueList: [.string("a")], comparisonOperator: "BEGINS_WITH"),
        ])
        #expect(clauses.map(\.test) == [.equal, .beginsWith])
        #expect(
            Compiling.message {
                _ = try Self.legacy.keyClauses([
                    "pk": Condition(attributeValueList: [.string("p")], comparisonOperator: "NE")
                ])
            } == "Attempted conditional constraint is not an indexable operation")
    }

    @Test("attribute updates put, add and delete")
    func updates() throws {
        let update = try Self.legacy.update([
            "s": .init(value: .string("new")),
            "n": .init(value: Compiling.number("2"), action: "ADD"),
            "tags": .init(value: .stringSet(["a"]), action: "DELETE"), "x": .init(action: "DELETE"),
        ])
        #expect(
            try update.applied(to: Self.item)
                == ["s": .string("new"), "n": Compiling.number("7")])
        let append = try Self.legacy.update(["l": .init(value: .list([.null]), action: "ADD")])
        #expect(
            try append.applied(to: ["l": .list([.boolean(true)])])
                == ["l": .list([.boolean(true), .null])])
        let refusals: [(AttributeValueUpdate, String)] = [
            (
                .init(action: "PUT"),
                "Only DELETE action is allowed when no attribute value is specified"
            ),
            (
                .init(value: .string("a"), action: "ADD"),
                "ADD action is not supported for the type S"
            ),
            (
                .init(value: Compiling.number("1"), action: "DELETE"),
                "DELETE action with value is not supported for the type N"
            ),
        ]
        for (update, message) in refusals {
            let found = Compiling.message { _ = try Self.legacy.update(["a": update]) }
            #expect(found == "One or more parameter values were invalid: " + message)
        }
    }
}
