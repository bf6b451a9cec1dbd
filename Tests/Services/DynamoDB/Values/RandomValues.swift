import DynamoDBValues
import Platform

/// Values and items that a seed determines, small and odd rather than likely.
struct RandomValues {
    private let randomness: SeededRandomness

    private let parts: [String]

    /// - Parameter hasEquivalents: whether there are texts that differ but are canonically equivalent.
    init(seed: UInt64, hasEquivalents: Bool = true) {
        randomness = SeededRandomness(seed: seed)
        parts =
            ["a", "b", "Z", "é", "\u{0}", "\"", "\\", "\n", "😀", "/", "zz", "0"]
            + (hasEquivalents ? ["e\u{301}"] : [])
    }

    func below(_ bound: Int) -> Int {
        let bytes = randomness.bytes(4)
        return Int(bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }) % bound
    }

    func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    func text() -> String {
        (0..<below(6)).map { _ in pick(parts) }.joined()
    }

    func bytes() -> [UInt8] { (0..<below(5)).map { _ in pick([0, 1, 0x7F, 0x80, 0xFF]) } }

    func number() -> DynamoDBNumber {
        let digits = (0..<1 + below(pick([2, 5, 38]))).map { _ in String(below(10)) }.joined()
        let exponent = pick([0, 0, 0, -1, 1, -2, 7, -20, 60, -85])
        let sign = pick(["", "", "-"])
        return (try? DynamoDBNumber("\(sign)\(digits)e\(exponent)")) ?? .zero
    }

    func key() -> AttributeValue {
        switch below(3) {
        case 0: .string(text())
        case 1: .number(number())
        default: .binary(bytes())
        }
    }

    func value(depth: Int = 3) -> AttributeValue {
        switch below(depth == 0 ? 8 : 10) {
        case 0: .string(text())
        case 1: .number(number())
        case 2: .binary(bytes())
        case 3: .boolean(below(2) == 0)
        case 4: .null
        case 5: AttributeValue.set(of: (0...below(3)).map { _ in text() + "x" }) ?? .null
        case 6: AttributeValue.set(of: (0...below(3)).map { _ in number() }) ?? .null
        case 7: AttributeValue.set(of: (0...below(3)).map { _ in bytes() + [1] }) ?? .null
        case 8: .list((0..<below(4)).map { _ in value(depth: depth - 1) })
        default: .map(map(depth: depth - 1))
        }
    }

    func map(depth: Int = 3) -> AttributeMap {
        AttributeMap((0..<below(6)).map { _ in (name: text() + "n", value: value(depth: depth)) })
    }
}
