import DynamoDBValues
import Testing

@testable import DynamoDB

@Suite("PartiQL")
struct PartiQLTests {
    private static func statement(
        _ text: String, _ parameters: [AttributeValue] = []
    ) throws -> PartiQLStatement {
        try PartiQLStatement(text, parameters: parameters)
    }

    private static func select(
        _ text: String, _ parameters: [AttributeValue] = []
    ) throws -> PartiQLStatement.Select {
        guard case .select(let select) = try statement(text, parameters) else {
            preconditionFailure("\(text) is no selection")
        }
        return select
    }

    private static let item: AttributeMap = [
        "pk": .string("it's"), "n": Compiling.number("30"), "tags": .stringSet(["a", "b"]),
        "m": .map(["sub": .string("x"), "l": .list([Compiling.number("1")])]), "nul": .null,
        "flag": .boolean(true), "odd name": .string("y"),
    ]

    private static let truths: [String] = [
        "pk = 'it''s'", "n > 20", "n = 3e1", "n = .3E+2", "n <> -30", "n != 1",
        "n BETWEEN 20 AND 40", "n IN [1, 30]", "n IN (30)", "n NOT IN [1]", "NOT n IN [1]",
        "begins_with(pk, 'it')", "BEGINS_WITH(\"pk\", 'it')", "contains(tags, 'a')",
        "size(tags) = 2", "attribute_type(tags, 'SS')", "attribute_exists(m.sub)",
        "attribute_not_exists(m.nope)", "attribute_exists(pk) = true",
        "attribute_exists(nope) = false", "nul IS NULL", "pk IS NOT NULL", "nope IS MISSING",
        "pk IS NOT MISSING", "flag IS BOOL", "pk IS STRING", "\"odd name\" = 'y'",
        "m.l[0] = 1", "m['sub'] = 'x'", "tags = <<'b', 'a'>>", "m.l = [1]", "flag = true",
        "(n = 1 OR n = 30) AND NOT (pk = 'x')", "n = 1 OR n = 30 AND pk = 'it''s'", "30 = n",
        "pk = 'it''s' -- a note", "pk /* note */ = 'it''s'", "nul = NULL",
        "m = {'sub': 'x', 'l': [1]}",
    ]

    @Test("what is true of an item is selected", arguments: truths)
    func truth(condition: String) throws {
        let select = try Self.select("SELECT * FROM \"T\" WHERE \(condition)")
        #expect(select.condition?.holds(for: Self.item) == true)
        let not = try Self.select("select * from T where not (\(condition)\n)")
        #expect(not.condition?.holds(for: Self.item) == false)
    }

    @Test("a selection names a table, an index, columns and an order")
    func selection() throws {
        let select = try Self.select(
            "SELECT pk, m.sub, m.l[0], \"odd name\" FROM \"T\".\"by-x\" WHERE x = ? ORDER BY a DESC, b;",
            [.string("1")])
        #expect(select.table == "T" && select.index == "by-x")
        #expect(select.columns?.map(\.name) == ["pk", "sub", "l[0]", "odd name"])
        #expect(
            select.condition
                == .comparison(.equal, .path(DocumentPath("x")), .value(.string("1"))))
        #expect(
            select.order
                == [
                    .init(attribute: "a", isDescending: true),
                    .init(attribute: "b", isDescending: false),
                ])
        #expect(
            select.item(from: EncodedItem(Self.item))
                == [
                    "pk": .string("it's"), "sub": .string("x"), "l[0]": Compiling.number("1"),
                    "odd name": .string("y"),
                ])
        #expect(try Self.select("SELECT * FROM T").condition == nil)
    }

    @Test("an insertion makes an item of literals and parameters")
    func insertion() throws {
        let statement = try Self.statement(
            "INSERT INTO \"T\" VALUE {'pk': ?, 'n': -1.50, 'l': ['a', TRUE, null, {}], 's': <<1, 2>>}",
            [.string("x")])
        #expect(
            statement
                == .insert(
                    table: "T",
                    item: [
                        "pk": .string("x"), "n": Compiling.number("-1.5"),
                        "l": .list([.string("a"), .boolean(true), .null, .map([:])]),
                        "s": .numberSet([DynamoDBNumber(1), DynamoDBNumber(2)]),
                    ]))
    }

    @Test(
        "an update sets, removes and changes sets",
        arguments: [
            "UPDATE T SET a = n + 1, b = list_append(m.l, [2]) SET tags = set_add(tags, <<'c'>>) REMOVE m.sub WHERE pk = 'k' RETURNING ALL NEW *",
            "FROM T WHERE pk = 'k' SET a = n + 1, b = list_append(m.l, [2]) SET tags = SET_ADD(tags, <<'c'>>) REMOVE m.sub RETURNING ALL NEW *",
        ])
    func update(text: String) throws {
        guard case .update(let update) = try Self.statement(text) else {
            Issue.record("no update")
            return
        }
        let updated = try update.update.applied(to: Self.item)
        #expect(updated["a"] == Compiling.number("31"))
        #expect(updated["b"] == .list([Compiling.number("1"), Compiling.number("2")]))
        #expect(updated["tags"] == .stringSet(["a", "b", "c"]))
        #expect(updated["m"] == .map(["l": .list([Compiling.number("1")])]))
        #expect(update.returning == .allNew)
        let key = try #require(update.condition?.key(["pk"]))
        #expect(key.key == ["pk": .string("k")] && key.rest == nil)
    }

    @Test("a deletion and a check name a key and what must hold")
    func deletion() throws {
        let text = "DELETE FROM T WHERE n = 1 AND sk = 2 AND pk = 'k' RETURNING ALL OLD *"
        guard case .delete(let delete) = try Self.statement(text) else {
            Issue.record("no deletion")
            return
        }
        #expect(delete.returning == .allOld)
        let key = try #require(delete.condition?.key(["pk", "sk"]))
        #expect(key.key == ["pk": .string("k"), "sk": Compiling.number("2")])
        #expect(key.rest?.holds(for: Self.item) == false)
        #expect(delete.condition?.key(["pk", "other"]) == nil)
        let exists = try Self.statement("EXISTS(SELECT * FROM T WHERE pk = 'k' AND n = 1)")
        #expect(exists.isRead && exists.table == "T")
    }

    @Test("a condition's key clauses name a partition and a beginning of the sort key")
    func keyClauses() throws {
        func clauses(_ condition: String) throws -> [String]? {
            try Self.select("SELECT * FROM T WHERE \(condition)").condition?
                .keyClauses(hash: ["pk"], range: ["a", "b"])?.map { "\($0.attribute) \($0.test)" }
        }
        #expect(try clauses("pk = 1") == ["pk equal"])
        #expect(try clauses("b > 1 AND a = 2 AND pk = 1") == ["pk equal", "a equal", "b greater"])
        #expect(try clauses("a > 1 AND b = 2 AND pk = 1") == ["pk equal", "a greater"])
        #expect(try clauses("b = 2 AND pk = 1 AND x = 3") == ["pk equal"])
        #expect(try clauses("pk > 1") == nil)
        #expect(try clauses("pk = 1 OR pk = 2") == nil)
    }

    private static let notWellFormed = "Statement wasn't well formed, can't be processed: "
    private static let leftover = notWellFormed + "Unexpected token after expression"
    private static let overflow = DynamoDBNumberError.overflow.message
    private static let refusals: [(String, String)] = [
        ("SELECT * FROM T WHERE pk = 1 foo", leftover),
        ("SELECT * FROM T WHERE pk = 1 e5", leftover),
        ("INSERT INTO T VALUE {'pk': 1} foo", leftover),
        ("SELECT * FROM T WHERE pk = 1)", leftover),
        ("UPDATE T SET a = 9 WHERE pk = 1 foo", leftover),
        ("DELETE FROM T WHERE pk = 1 ORDER BY pk", leftover),
        ("SELECT * FROM T ORDER BY pk WHERE pk = 1", leftover),
        ("INSERT INTO T t VALUE {'pk': 'x'}", leftover),
        ("SELECT * FROM T WHERE pk = 1e2147483648", notWellFormed),
        ("SELECT * FROM T WHERE pk = 1.5e-2147483647", notWellFormed),
        ("SELECT * FROM T WHERE pk = 1 # note", notWellFormed),
        ("SELECT * FROM T WHERE pk = 1 /* note", notWellFormed),
        ("SELECT * FROM \"T", notWellFormed),
        ("SELECT * FROM T t WHERE pk = 'x'", "Aliasing is not supported"),
        ("SELECT * FROM T AS t WHERE pk = 'x'", "Aliasing is not supported"),
        ("UPDATE T t SET a = 3 WHERE pk = 'x'", "Aliasing is not supported"),
        ("DELETE FROM T t WHERE pk = 'x'", "Aliasing is not supported"),
        ("SELECT * FROM T WHERE pk = 1e126", overflow + " under root"),
        ("INSERT INTO T VALUE {'pk': 1e126}", overflow + " under root"),
        ("INSERT INTO T VALUE {'pk': 1, 'm': {'x': 1e126}}", overflow + " under root.x"),
        ("INSERT INTO T VALUE {'pk': 1, 'l': [1, 1e126]}", overflow + " under root[1]"),
        (
            "SELECT * FROM T WHERE attribute_exists('ss')",
            "Operator or function requires a document path; operator or function: attribute_exists"
        ),
        (
            "SELECT * FROM T WHERE attribute_exists()",
            "Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 0"
        ),
        (
            "SELECT attribute_exists(ss) FROM T",
            "Unexpected path component at 1:8:16"
        ),
        ("SELECT * FROM T WHERE EXISTS(ss)", "Unrecognized function: exists at 1:23:6"),
        (
            "SELECT * FROM T WHERE attribute_exists(m.inner)",
            notWellFormed + "Invalid path dot component"
        ),
        (
            "SELECT * FROM T WHERE val < true",
            "Incorrect operand type for operator or function; operator or function: <, operand type: BOOL"
        ),
        (
            "UPDATE T SET t = set_add(ss, <<'x'>>) WHERE pk = 'x'",
            "The first argument to SET_ADD must equal the assignment value at 1:18:7"
        ),
        (
            "UPDATE T SET ss = set_add(ss, 'x') WHERE pk = 'x'",
            "The second argument to SET_ADD must be a value with type SET at 1:27:2"
        ),
        (
            "UPDATE T SET ss = set_add(ss) WHERE pk = 'x'",
            "SET_ADD must have exactly two arguments at 1:19:7"
        ),
        (
            "UPDATE T SET ss = set_add(ss, <<'x', 'x'>>) WHERE pk = 'x'",
            "One or more parameter values were invalid: Input collection [x, x] contains duplicates."
        ),
        ("UPDATE T SET ss = set_add(ss, <<>>) WHERE pk = 'x'", "Empty bags are not supported"),
        (
            "INSERT INTO T VALUE {'pk': 'x', 'ss': set_add(<<'a'>>, <<'b'>>)}",
            "Unsupported data type: set_add under key root at 1:39:7"
        ),
        (
            "DELETE FROM T WHERE pk = 'x' RETURNING MODIFIED OLD *",
            "Invalid returning clause: RETURNING MODIFIED OLD *. Only RETURNING ALL OLD * is allowed in DELETE statements."
        ),
        (
            "SELECT * FROM T.i.x WHERE pk = 'p'",
            "A path may contain at most 2 components in the FROM clause"
        ),
        (
            "SELECT l[-1] FROM T",
            "List index is not within the allowable range; index: [-1] at 1:10:1"
        ),
        ("SELECT * FROM T.\"\" WHERE pk = 'p'", "Path component cannot be an empty string"),
        (
            "SELECT * FROM T WHERE pk = ?",
            "Number of parameters in request and statement don't match."
        ),
    ]

    @Test("a statement that is none is refused in DynamoDB's words", arguments: refusals)
    func refused(text: String, message: String) {
        #expect(Compiling.message { _ = try Self.statement(text) } == message)
    }

    @Test("any text is a statement or is refused as one")
    func anything() {
        let random = RandomValues(seed: 9)
        let words = [
            "SELECT", "*", "FROM", "T", "\"T\"", "WHERE", "pk", "=", "'x'", "1", "AND", "OR", "NOT",
            "INSERT", "INTO", "VALUE", "{", "}", "[", "]", "<<", ">>", "UPDATE", "SET", "REMOVE",
            "DELETE", "(", ")", ",", ".", ":", "?", "size", "contains", "set_add", "IS", "MISSING",
            "BETWEEN", "IN", "<", "-", "--", "/*", "*/", "\n", "'", "\"", "RETURNING", "ALL", "OLD",
            "é", "1e5", "ORDER", "BY", "EXISTS",
        ]
        for _ in 0..<5000 {
            let text =
                random.pick(["", "SELECT * FROM T WHERE ", "UPDATE T SET "])
                + (0...random.below(14)).map { _ in random.pick(words) }.joined(separator: " ")
            let message = Compiling.message { _ = try Self.statement(text, [.null]) }
            #expect(message == Compiling.message { _ = try Self.statement(text, [.null]) })
        }
        let deep = "SELECT * FROM T WHERE " + String(repeating: "(", count: 5000)
        #expect(Compiling.message { _ = try Self.statement(deep) } != nil)
    }
}
