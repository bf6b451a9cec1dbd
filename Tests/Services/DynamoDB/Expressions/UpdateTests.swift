import DynamoDBValues
import Testing

@testable import DynamoDB

@Suite("Updates")
struct UpdateTests {
    private static let item: AttributeMap = [
        "id": .string("a"), "n": Compiling.number("10"), "s": .string("x"),
        "tags": .stringSet(["a", "b"]), "l": .list([.string("0"), .string("1"), .string("2")]),
        "m": .map(["k": Compiling.number("1"), "l": .list([.map(["z": .null])])]),
    ]

    private static let values: AttributeMap = [
        ":v": .string("v"), ":w": .string("w"), ":1": Compiling.number("1"),
        ":3": Compiling.number("3"), ":list": .list([.string("z")]),
        ":tags": .stringSet(["b", "c"]),
        ":all": .stringSet(["a", "b"]), ":nums": .numberSet([DynamoDBNumber(1)]),
        ":big": Compiling.number("9.9999999999999999999999999999999999999e125"), ":m": .map([:]),
    ]

    private static func update(_ text: String) throws -> UpdateExpression {
        var binder = UpdateBinder(Placeholders(names: ["#n": "n"], values: values))
        return try binder.update(try ExpressionParser.update(text))
    }

    private static let results: [(String, String, AttributeValue?)] = [
        ("SET s = :v", "s", .string("v")), ("set fresh = :v", "fresh", .string("v")),
        ("SET s = id, id = s", "s", .string("a")),
        ("SET #n = #n + :1", "n", Compiling.number("11")),
        ("SET n = n - :3", "n", Compiling.number("7")),
        ("SET n = (n - :3)", "n", Compiling.number("7")),
        ("SET n = :1 + :3", "n", Compiling.number("4")),
        ("SET n = if_not_exists(x, :1) + n", "n", Compiling.number("11")),
        ("SET n = if_not_exists(n, :1)", "n", Compiling.number("10")),
        ("SET b = if_not_exists(b, s)", "b", .string("x")),
        ("SET l = list_append(l, :list)", "l", .list(["0", "1", "2", "z"].map { .string($0) })),
        ("SET l = list_append(:list, l)", "l", .list(["z", "0", "1", "2"].map { .string($0) })),
        (
            "SET q = list_append(if_not_exists(q, :list), :list)", "q",
            .list([.string("z"), .string("z")])
        ),
        ("SET l[1] = :v", "l", .list(["0", "v", "2"].map { .string($0) })),
        ("SET l[9] = :w, l[5] = :v", "l", .list(["0", "1", "2", "v", "w"].map { .string($0) })),
        ("REMOVE l[0], l[2]", "l", .list([.string("1")])),
        ("REMOVE l[0] SET l[1] = :v", "l", .list([.string("v"), .string("2")])),
        ("REMOVE l[7]", "l", .list(["0", "1", "2"].map { .string($0) })),
        ("REMOVE s", "s", nil), ("REMOVE nothing", "nothing", nil),
        (
            "SET m.k = :v", "m", .map(["k": .string("v"), "l": .list([.map(["z": .null])])])
        ),
        ("REMOVE m.l[0].z", "m", .map(["k": Compiling.number("1"), "l": .list([.map([:])])])),
        ("REMOVE m.nothing", "m", item["m"]),
        ("ADD n :3", "n", Compiling.number("13")), ("ADD fresh :3", "fresh", Compiling.number("3")),
        ("ADD tags :tags", "tags", .stringSet(["a", "b", "c"])),
        ("ADD m.k :1", "m", .map(["k": Compiling.number("2"), "l": .list([.map(["z": .null])])])),
        ("DELETE tags :tags", "tags", .stringSet(["a"])), ("DELETE tags :all", "tags", nil),
        ("DELETE nothing :tags", "nothing", nil),
        ("ADD n :1 SET s = :v REMOVE l DELETE tags :tags", "l", nil),
    ]

    @Test("an update makes of an item what it says", arguments: results)
    func result(text: String, name: String, expected: AttributeValue?) throws {
        let updated = try Self.update(text).applied(to: Self.item)
        #expect(updated[name] == expected, "\(text)")
    }

    private static let misfits: [(String, String)] = [
        (
            "SET a.b = :v",
            "The document path provided in the update expression is invalid for update"
        ),
        (
            "SET s.b = :v",
            "The document path provided in the update expression is invalid for update"
        ),
        (
            "SET m[0] = :v",
            "The document path provided in the update expression is invalid for update"
        ),
        (
            "REMOVE a.b",
            "The document path provided in the update expression is invalid for update"
        ),
        (
            "SET q = gone",
            "The provided expression refers to an attribute that does not exist in the item"
        ),
        ("SET n = s + :1", "An operand in the update expression has an incorrect data type"),
        (
            "SET l = list_append(s, :list)",
            "An operand in the update expression has an incorrect data type"
        ),
        ("ADD s :1", "An operand in the update expression has an incorrect data type"),
        ("ADD tags :nums", "An operand in the update expression has an incorrect data type"),
        ("DELETE n :tags", "An operand in the update expression has an incorrect data type"),
        (
            "SET n = :big + :big",
            "Number overflow. Attempting to store a number with magnitude larger than supported range"
        ),
        ("ADD n :big", "Attempting to store more than 38 significant digits in a Number"),
    ]

    @Test("an update that does not fit the item fails in DynamoDB's words", arguments: misfits)
    func misfit(text: String, message: String) throws {
        let update = try Self.update(text)
        #expect(Compiling.message { _ = try update.applied(to: Self.item) } == message)
    }

    private static let refusals: [(String, String)] = [
        ("", "The expression can not be empty;"),
        ("INVALID SYNTAX HERE", #"Syntax error; token: "INVALID", near: "INVALID SYNTAX""#),
        ("SET a = :v,", #"Syntax error; token: "<EOF>", near: ",""#),
        ("SET a :v", #"Syntax error; token: ":v", near: "a :v""#),
        ("ADD hits : incr", #"Syntax error; token: ":", near: "hits : incr""#),
        ("SET a = n + :1 + :1", #"Syntax error; token: "+", near: ":1 + :1""#),
        ("ADD n n", #"Syntax error; token: "n", near: "n n""#),
        (
            "SET a = :v SET b = :v",
            "The \"SET\" section can only be used once in an update expression;"
        ),
        (
            "SET a = :v REMOVE a",
            "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]"
        ),
        (
            "SET m.k = :v REMOVE m",
            "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [m, k], path two: [m]"
        ),
        (
            "SET a = s + :v",
            "Incorrect operand type for operator or function; operator or function: +, operand type: S"
        ),
        (
            "SET a = list_append(l, :v)",
            "Incorrect operand type for operator or function; operator or function: list_append, operand type: S"
        ),
        (
            "SET a = if_not_exists(:v, :v)",
            "Operator or function requires a document path; operator or function: if_not_exists"
        ),
        (
            "SET a = if_not_exists(b)",
            "Incorrect number of operands for operator or function; operator or function: if_not_exists, number of operands: 1"
        ),
        (
            "SET a = attribute_exists(b)",
            "The function is not allowed in an update expression; function: attribute_exists"
        ),
        ("SET a = foo(b)", "Invalid function name; function: foo"),
        (
            "ADD s :v",
            "Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND"
        ),
        (
            "DELETE n :1",
            "Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND"
        ),
        ("SET size = :v", "Attribute name is a reserved keyword; reserved keyword: size"),
    ]

    @Test("what is no update is refused in DynamoDB's words", arguments: refusals)
    func refused(text: String, message: String) {
        let found = Compiling.message { _ = try Compiling.update(text, Self.values) }
        #expect(found == "Invalid UpdateExpression: " + message)
    }

    @Test("an update may not touch the key")
    func keys() throws {
        let update = try Compiling.update("SET a = :v REMOVE pk.x", [":v": .null])
        #expect(
            Compiling.message { try update.check(keys: ["pk", "sk"]) }
                == "One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key"
        )
        try update.check(keys: ["sk"])
    }

    @Test("what is nested too deeply by an update is refused")
    func nesting() throws {
        var value = AttributeValue.string("leaf")
        for _ in 0..<30 { value = .map(["x": value]) }
        let update = try Compiling.update("SET m.y = :v", [":v": value])
        #expect(try update.applied(to: ["m": .map([:])])["m"] != nil)
        let deeper = try Compiling.update("SET m.y = :v", [":v": .list([value])])
        #expect(
            Compiling.message { _ = try deeper.applied(to: ["m": .map([:])]) }?
                .hasPrefix("Nesting Levels have exceeded supported limits") == true)
    }
}
