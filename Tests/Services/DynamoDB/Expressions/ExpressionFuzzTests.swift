import DynamoDBValues
import Platform
import Testing

@testable import DynamoDB

@Suite("Expressions of any kind of text")
struct ExpressionFuzzTests {
    private static let words = [
        "a", "b.c", "#n", ":v", ":w", "(", ")", "[", "]", "0", "1", "AND", "OR", "NOT", "BETWEEN",
        "IN", "=", "<>", "<", "<=", ">", ">=", ",", ".", "+", "-", "SET", "REMOVE", "ADD",
        "DELETE", "size", "contains", "attribute_exists", "if_not_exists", "list_append", " ",
        "\n", "é", "\u{0}", "!", "a[0]", "begins_with(a, :v)", "size(a)", "a = :v", "SET a = :v",
    ]
    private static let names = ["#n": "n"]
    private static let values: AttributeMap = [":v": .string("x"), ":w": Compiling.number("1")]

    @Test("any text is an expression or is refused as one, in the same way each time")
    func anything() {
        let random = RandomValues(seed: 7)
        let item: AttributeMap = ["a": .list([.string("x")]), "b": .map(["c": .null])]
        for _ in 0..<4000 {
            let text = (0...random.below(14)).map { _ in
                random.pick(Self.words) + random.pick(["", " "])
            }.joined()
            Self.check(text) {
                _ = try Compiling.condition(text, Self.values, names: Self.names).holds(for: item)
            }
            Self.check(text) { _ = try Compiling.keys(text, Self.values, names: Self.names) }
            Self.check(text) {
                _ = try Compiling.projection(text, names: Self.names).attributes(of: item)
            }
            Self.check(text) {
                _ = try Compiling.update(text, Self.values, names: Self.names).applied(to: item)
            }
        }
    }

    private static func check(_ text: String, _ body: () throws -> Void) {
        do {
            try body()
        } catch {
            let message = Compiling.message(body)
            #expect(message?.isEmpty == false, "\(text.debugDescription): \(error)")
            #expect(message == Compiling.message(body))
        }
    }

    @Test("conditions that are written from a tree hold as the tree does")
    func trees() throws {
        let random = RandomValues(seed: 8)
        let values: AttributeMap = [":t": .boolean(true), ":f": .boolean(false)]
        let item: AttributeMap = ["yes": .boolean(true), "no": .boolean(false)]
        for _ in 0..<1000 {
            let (text, holds) = Self.tree(random, depth: 4)
            var binder = ConditionBinder(
                .filter, Placeholders(names: ["#y": "yes", "#n": "no"], values: values))
            let condition = try binder.condition(try ExpressionParser.condition(.filter, text))
            #expect(condition.holds(for: item) == holds, "\(text)")
        }
    }

    /// A condition and whether it holds; parentheses stand where precedence wants them.
    private static func tree(
        _ random: RandomValues, depth: Int, precedence: Int = 0
    ) -> (text: String, holds: Bool) {
        func enclosed(_ text: String, _ own: Int) -> String {
            own < precedence ? "(\(text))" : text
        }
        switch random.below(depth == 0 ? 1 : 4) {
        case 0:
            let (name, value) = (random.below(2) == 0, random.below(2) == 0)
            return ("\(name ? "#y" : "#n") = \(value ? ":t" : ":f")", name == value)
        case 1:
            let left = tree(random, depth: depth - 1, precedence: 1)
            let right = tree(random, depth: depth - 1, precedence: 1)
            return (enclosed("\(left.text) OR \(right.text)", 0), left.holds || right.holds)
        case 2:
            let left = tree(random, depth: depth - 1, precedence: 2)
            let right = tree(random, depth: depth - 1, precedence: 2)
            return (enclosed("\(left.text) AND \(right.text)", 1), left.holds && right.holds)
        default:
            let inner = tree(random, depth: depth - 1, precedence: 3)
            return (enclosed("NOT \(inner.text)", 2), !inner.holds)
        }
    }
}
