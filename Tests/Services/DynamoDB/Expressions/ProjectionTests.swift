import DynamoDBValues
import Testing

@testable import DynamoDB

@Suite("Projections")
struct ProjectionTests {
    private static let item: AttributeMap = [
        "id": .string("a"),
        "m": .map(["x": .string("1"), "y": .map(["z": .null, "w": .string("2")])]),
        "l": .list([.string("0"), .map(["a": .null, "b": .null]), .string("2")]),
    ]

    private static let cases: [(String, AttributeMap)] = [
        ("id", ["id": .string("a")]), ("id, gone", ["id": .string("a")]),
        ("m.x", ["m": .map(["x": .string("1")])]),
        ("m.x, m.y.w", ["m": .map(["x": .string("1"), "y": .map(["w": .string("2")])])]),
        ("l[2], l[0]", ["l": .list([.string("0"), .string("2")])]),
        ("l[1].a, l[0]", ["l": .list([.string("0"), .map(["a": .null])])]),
        ("m.zzz, l[7], id.x", [:]), ("m[0]", [:]), ("#i", ["id": .string("a")]),
    ]

    @Test("a projection keeps what it names; lists close up", arguments: cases)
    func projected(text: String, expected: AttributeMap) throws {
        let names = text.contains("#i") ? ["#i": "id"] : nil
        let projection = try Compiling.projection(text, names: names)
        #expect(projection.attributes(of: Self.item) == expected)
        #expect(projection.item(from: EncodedItem(Self.item)) == Item(expected))
    }

    private static let refusals: [(String, String)] = [
        ("", "The expression can not be empty;"),
        ("a,", #"Syntax error; token: "<EOF>", near: ",""#),
        ("a b", #"Syntax error; token: "b", near: "a b""#),
        ("a, :b", #"Syntax error; token: ":b", near: ", :b""#),
        (
            "a, a.b",
            "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]"
        ),
        (
            "a.b, c, a.b",
            "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a, b]"
        ),
        (
            "a[1], a.b",
            "Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, [1]], path two: [a, b]"
        ),
    ]

    @Test("what is no projection is refused in DynamoDB's words", arguments: refusals)
    func refused(text: String, message: String) {
        let found = Compiling.message { _ = try Compiling.projection(text) }
        #expect(found == "Invalid ProjectionExpression: " + message)
    }

    @Test("attributes to get are named once, and not beside a projection")
    func legacy() throws {
        let projection = try Expressions.projection(nil, names: nil, attributes: ["b", "a"])
        #expect(projection?.paths == [DocumentPath("b"), DocumentPath("a")])
        #expect(
            Compiling.message {
                _ = try Expressions.projection(nil, names: nil, attributes: ["a", "a"])
            } == "One or more parameter values were invalid: Duplicate value in attribute name: a")
        #expect(
            Compiling.message {
                _ = try Expressions.projection("a", names: nil, attributes: ["a"])
            }
                == "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}"
        )
        #expect(
            Compiling.message { _ = try Expressions.projection(nil, names: [:]) }
                == "ExpressionAttributeNames can only be specified when using expressions")
    }
}
