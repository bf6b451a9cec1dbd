import DynamoDBValues
import Testing

@testable import DynamoDB

@Suite("Conditions")
struct ConditionTests {
    private static let item: AttributeMap = [
        "id": .string("a"), "n": .number(DynamoDBNumber(5)), "bin": .binary([1, 2, 3]),
        "flag": .boolean(true), "nn": .null,
        "tags": .stringSet(["blue", "red"]), "ns": .numberSet([DynamoDBNumber(1)]),
        "ll": .list([.string("x"), .map(["y": .number(DynamoDBNumber(2))])]),
        "mm": .map(["k": .string("deep"), "l": .list([.null])]),
        "txt": .string("é𝄞"),
    ]

    private static let values: AttributeMap = [
        ":a": .string("a"), ":b": .string("b"), ":5": .number(DynamoDBNumber(5)),
        ":2": .number(DynamoDBNumber(2)), ":9": .number(DynamoDBNumber(9)),
        ":red": .string("red"), ":x": .string("x"), ":bin": .binary([1, 2]),
        ":S": .string("S"), ":M": .string("M"), ":deep": .string("deep"), ":e": .string("e"),
        ":3": .number(DynamoDBNumber(3)), ":one": .number(DynamoDBNumber(1)),
        ":set": .stringSet(["blue", "red"]), ":t": .boolean(true), ":nul": .null,
        ":empty": .string(""),
    ]

    /// What `text` says of the item, with just the values that it names.
    private static func holds(_ text: String, for item: AttributeMap = item) throws -> Bool {
        var used = AttributeMap()
        for element in values where text.contains(element.name) {
            used[element.name] = element.value
        }
        var placeholders = Placeholders(names: ["#n": "n", "#m": "mm"], values: used)
        var binder = ConditionBinder(.condition, placeholders)
        let condition = try binder.condition(try ExpressionParser.condition(.condition, text))
        placeholders = binder.placeholders
        let encoded = condition.holds(for: EncodedItem(item))
        #expect(condition.holds(for: item) == encoded)
        return encoded
    }

    private static let truths: [String] = [
        "id = :a", "id <> :b", "n = :5", "n >= :5", "n <= :5", "n > :2", "n < :9", "#n=:5",
        "n BETWEEN :2 AND :9", "n between :5 and :5", "n IN (:2, :5)", "n in(:5)",
        "attribute_exists(id)", "attribute_not_exists(gone)", "attribute_exists(#m.k)",
        "attribute_not_exists(mm.zzz)", "attribute_exists(ll[1].y)",
        "attribute_not_exists(ll[2])", "attribute_type(id, :S)", "attribute_type(mm, :M)",
        "begins_with(id, :a)", "begins_with(bin, :bin)", "contains(tags, :red)",
        "contains(bin, :bin)", "contains(id, :empty)", "contains(ll, :x)", "contains(#m.k, :e)",
        "contains(ns, :one)", "size(txt) = :3", "size(bin) = :3", "size(tags) = :2",
        "size(ll) > size(id)", "mm.k = :deep", "ll[0] = :x", "ll[1].y = :2",
        "tags = :set", "flag = :t", "nn = :nul", "gone <> :a", "id = :a AND n = :5",
        "id = :b OR n = :5", "NOT id = :b", "NOT id = :b AND NOT n = :2", "(id = :a)",
        "id = :b OR (n = :5 AND flag = :t)", "(id) = (:a)", ":a = id", ":2 < n",
        "id = :a OR id = :b AND n = :2", "NOT (id = :b OR n = :2)", "not not id = :a",
        "(id = :a AND (n = :5)) AND ((flag = :t) OR (n = :2))", "id = :a\n\tAND\n n = :5",
        "size (txt) = :3",
    ]

    @Test("what is true of an item holds", arguments: truths)
    func truth(text: String) throws { #expect(try Self.holds(text)) }

    @Test(
        "what is not true of an item does not hold",
        arguments: [
            "id = :b", "id <> :a", "gone = :a", "gone < :5", "id < :5", "n < :2",
            "n BETWEEN :9 AND gone", "id BETWEEN :2 AND :9", "gone IN (:a)", "n IN (:a)",
            "attribute_exists(gone)", "attribute_not_exists(id)", "attribute_type(n, :S)",
            "begins_with(n, :a)", "begins_with(id, :b)", "contains(tags, :a)",
            "contains(n, :5)", "size(gone) = :5", "size(n) = :5", "mm.k.k = :deep",
            "ll[0].x = :a", "id[0] = :a", "NOT id = :a", "id = :a AND n = :2",
        ])
    func falsehood(text: String) throws { #expect(try !Self.holds(text)) }

    private static let problems: [(String, String)] = [
        ("", "The expression can not be empty;"),
        (" \n ", "The expression can not be empty;"),
        ("id", #"Syntax error; token: "<EOF>", near: "id""#),
        ("id = ", #"Syntax error; token: "<EOF>", near: "= ""#),
        ("id == :a", #"Syntax error; token: "=", near: "== :a""#),
        ("id = :a)", #"Syntax error; token: ")", near: ":a)""#),
        ("(id = :a", #"Syntax error; token: "<EOF>", near: ":a""#),
        ("id = :a AND", #"Syntax error; token: "<EOF>", near: "AND""#),
        ("id ! :a", #"Syntax error; token: "!", near: "id ! :a""#),
        ("id = 'a'", #"Syntax error; token: "'", near: "= 'a""#),
        ("id = 1", #"Syntax error; token: "1", near: "= 1""#),
        ("a.0.b = :a", #"Syntax error; token: "0", near: ".0.""#),
        ("a[b] = :a", #"Syntax error; token: "b", near: "[b]""#),
        ("a[-1] = :a", #"Syntax error; token: "-", near: "[-1""#),
        ("# = :a", ##"Syntax error; token: "#", near: "# =""##),
        ("id = : a", #"Syntax error; token: ":", near: "= : a""#),
        ("a b", #"Syntax error; token: "b", near: "a b""#),
        ("((id = :a))", "The expression has redundant parentheses;"),
        ("NOT ((id = :a))", "The expression has redundant parentheses;"),
        ("size = :a", "Attribute name is a reserved keyword; reserved keyword: size"),
        ("a.Year = :a", "Attribute name is a reserved keyword; reserved keyword: Year"),
        (
            "#x = :a",
            "An expression attribute name used in the document path is not defined; attribute name: #x"
        ),
        (
            "id = :zz",
            "An expression attribute value used in expression is not defined; attribute value: :zz"
        ),
        ("foo(id)", "Invalid function name; function: foo"),
        ("id = foo(id)", "Invalid function name; function: foo"),
        (
            "size(id)",
            "The function is not allowed to be used this way in an expression; function: size"
        ),
        (
            "id = contains(id, :a)",
            "The function is not allowed to be used this way in an expression; function: contains"
        ),
        (
            "attribute_exists(id, n)",
            "Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2"
        ),
        (
            "attribute_exists(:a)",
            "Operator or function requires a document path; operator or function: attribute_exists"
        ),
        (
            "begins_with(id, :5)",
            "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N"
        ),
        (
            "id < :t",
            "Incorrect operand type for operator or function; operator or function: <, operand type: BOOL"
        ),
        (
            "attribute_type(id, :5)",
            "Incorrect operand type for operator or function; operator or function: attribute_type, operand type: N"
        ),
        (
            "attribute_type(id, :a)",
            "Invalid attribute type name found; type: a, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"
        ),
        (
            "size(:5) = :5",
            "Incorrect operand type for operator or function; operator or function: size, operand type: N"
        ),
        (
            "contains(id, id)",
            "The first operand must be distinct from the remaining operands for this operator or function; operator: contains, first operand: [id]"
        ),
        (
            "a.b[1] = a.b[1]",
            "The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [a, b, [1]]"
        ),
        (
            "id BETWEEN :b AND :a",
            "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {S:b}, upper bound operand: AttributeValue: {S:a}"
        ),
        (
            "id BETWEEN :b AND :5",
            "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {S:b}, upper bound operand: AttributeValue: {N:5}"
        ),
        (
            "a[99999999999] = :a",
            "List index is not within the allowable range; index: [99999999999]"
        ),
    ]

    @Test("a condition that is none is refused in DynamoDB's words", arguments: problems)
    func problem(text: String, message: String) {
        let found = Compiling.message { _ = try Compiling.condition(text, Self.values) }
        #expect(found == "Invalid ConditionExpression: " + message)
    }

    @Test("the first problem that is written is reported")
    func order() {
        let first = Compiling.message {
            _ = try Compiling.condition("begins_with(a, :n) AND b = :missing", [":n": .null])
        }
        #expect(first?.contains("begins_with, operand type: NULL") == true)
        let second = Compiling.message {
            _ = try Compiling.condition("b = :missing AND begins_with(a, :n)", [":n": .null])
        }
        #expect(second?.contains("attribute value: :missing") == true)
    }

    @Test("every placeholder must be used, and well named")
    func placeholders() {
        #expect(
            Compiling.message { _ = try Compiling.condition("a = :a", [":a": .null, ":b": .null]) }
                == "Value provided in ExpressionAttributeValues unused in expressions: keys: {:b}")
        #expect(
            Compiling.message {
                _ = try Compiling.condition("attribute_exists(a)", names: ["#b": "b", "#c": "c"])
            } == "Value provided in ExpressionAttributeNames unused in expressions: keys: {#b, #c}")
        #expect(
            Compiling.message { _ = try Compiling.condition("a = :a", ["a": .null]) }
                == "ExpressionAttributeValues contains invalid key: Syntax error; key: \"a\"")
        #expect(
            Compiling.message { _ = try Compiling.condition("attribute_exists(a)", [:]) }
                == "ExpressionAttributeValues must not be empty")
        #expect(
            Compiling.message {
                _ = try Compiling.condition("attribute_exists(a)", names: ["#": "b"])
            } == "ExpressionAttributeNames contains invalid key: Syntax error; key: \"#\"")
    }

    @Test("expressions have bounds")
    func bounds() throws {
        let long = "a = :a OR " + String(repeating: "b", count: 4081) + "=:a"
        #expect(long.utf8.count == 4094)
        _ = try Compiling.condition(long + "  ", [":a": .null])
        #expect(
            Compiling.message { _ = try Compiling.condition(long + "   ", [":a": .null]) }
                == "Invalid ConditionExpression: Expression size has exceeded the maximum allowed size;"
        )
        let many = Array(repeating: "a<b", count: 301).joined(separator: " OR ")
        #expect(
            Compiling.message { _ = try Compiling.condition(many) }
                == "Invalid ConditionExpression: The expression contains too many operators; operator count: 301"
        )
        _ = try Compiling.condition(Array(repeating: "a<b", count: 300).joined(separator: " OR "))
        let deep = String(repeating: "(", count: 2000) + "a<b" + String(repeating: ")", count: 2000)
        #expect(Compiling.message { _ = try Compiling.condition(deep) } != nil)
        let path = (0..<33).map { "p\($0)" }.joined(separator: ".")
        #expect(
            Compiling.message { _ = try Compiling.condition("attribute_exists(\(path))") }
                == "Invalid ConditionExpression: The document path has too many nesting levels; nesting levels: 33"
        )
    }
}
