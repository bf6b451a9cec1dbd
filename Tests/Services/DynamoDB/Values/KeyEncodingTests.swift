import Testing

@testable import DynamoDBValues

@Suite("Keys in order")
struct KeyEncodingTests {
    private static func precedes(_ left: AttributeValue, _ right: AttributeValue) -> Bool {
        switch (left, right) {
        case (.string(let left), .string(let right)): left.precedesByBytes(right)
        case (.number(let left), .number(let right)): left < right
        case (.binary(let left), .binary(let right)): left.lexicographicallyPrecedes(right)
        default: false
        }
    }

    @Test("encodings compare as the values do, also with another one behind, and decode")
    func order() {
        let random = RandomValues(seed: 4)
        for _ in 0..<3000 {
            let left = random.key()
            var right = random.key()
            while right.type != left.type { right = random.key() }
            let (first, second) = (KeyEncoding.bytes(left), KeyEncoding.bytes(right))
            #expect((first == second) == (left == right))
            #expect(
                first.lexicographicallyPrecedes(second) == Self.precedes(left, right),
                "\(left) \(right)")
            let sort = random.key()
            var both = first
            KeyEncoding.append(sort, to: &both)
            if left != right {
                let other = second + KeyEncoding.bytes(random.key())
                #expect(both.lexicographicallyPrecedes(other) == Self.precedes(left, right))
            }
            var rest = both[...]
            #expect(KeyEncoding.decode(&rest) == left)
            #expect(KeyEncoding.decode(&rest) == sort)
            #expect(rest.isEmpty)
        }
    }

    @Test("numbers at the ends of the range are in order")
    func extremes() throws {
        let texts = [
            "-9.9999999999999999999999999999999999999E125", "-1e125", "-1.01", "-1", "-0.5",
            "-1e-130",
            "0", "1e-130", "1.00000000000000000001e-130", "0.5", "1", "1.01", "1.1", "9", "10",
            "1e125",
        ]
        let keys = try texts.map { KeyEncoding.bytes(.number(try DynamoDBNumber($0))) }
        #expect(zip(keys, keys.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
    }

    @Test("a beginning finds what begins with it, and its successor is behind all of that")
    func prefixes() {
        let random = RandomValues(seed: 5)
        for _ in 0..<1000 {
            let (text, prefix) = (random.text(), random.text())
            let key = KeyEncoding.bytes(.string(text))
            let beginning = KeyEncoding.prefix(.string(prefix))
            let end = KeyEncoding.successor(ofPrefix: beginning)
            let isIn =
                !key.lexicographicallyPrecedes(beginning) && key.lexicographicallyPrecedes(end)
            #expect(
                isIn == text.utf8.starts(with: prefix.utf8),
                "\(text.debugDescription) \(prefix.debugDescription)")
        }
    }
}
