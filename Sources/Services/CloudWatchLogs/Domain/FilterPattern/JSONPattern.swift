import Wire

/// A message as JSON: `{ ($.level = "error" || $.took > 100) && $.user NOT EXISTS }`.
struct JSONPattern: Sendable {
    private enum Test: Sendable {
        case comparison(JSONSelector, PatternComparison, PatternOperand)
        case isBoolean(JSONSelector, Bool)
        case isNull(JSONSelector)
        case exists(JSONSelector, Bool)
    }

    private let condition: PatternCondition<Test>

    init(_ scanner: inout PatternScanner) throws {
        try scanner.expect("{")
        condition = try PatternCondition(&scanner, test: Self.test)
        try scanner.expect("}")
        try scanner.end()
    }

    func matches(_ message: [UInt8]) -> Bool {
        guard let document = try? Document(json: message) else { return false }
        return condition.holds { Self.holds($0, in: document) }
    }

    // MARK: - Evaluating

    private static func holds(_ test: Test, in message: Document) -> Bool {
        switch test {
        case .comparison(let selector, let comparison, let operand):
            selector.values(in: message).contains { holds($0, comparison, operand) }
        case .isBoolean(let selector, let wanted):
            selector.values(in: message).contains(.boolean(wanted))
        case .isNull(let selector):
            selector.values(in: message).contains(.null)
        case .exists(let selector, let wanted):
            selector.values(in: message).isEmpty != wanted
        }
    }

    private static func holds(
        _ value: Document, _ comparison: PatternComparison, _ operand: PatternOperand
    ) -> Bool {
        switch value {
        case .string(let text): return comparison.holds(text, operand)
        case .integer(let integer): return holds(Double(integer), "\(integer)", comparison, operand)
        case .number(let number): return holds(number, "\(number)", comparison, operand)
        // A value that is no text and no number equals no operand.
        case .null, .boolean, .array, .object: return comparison == .notEqual
        }
    }

    private static func holds(
        _ number: Double, _ text: String, _ comparison: PatternComparison, _ operand: PatternOperand
    ) -> Bool {
        guard case .number(let other, _) = operand else { return comparison.holds(text, operand) }
        return comparison.holds(number, other)
    }

    // MARK: - Reading

    private static func test(_ scanner: inout PatternScanner) throws -> Test {
        let selector = try JSONSelector(&scanner)
        scanner.skipSpaces()
        if scanner.takeWord("IS") {
            scanner.skipSpaces()
            if scanner.takeWord("TRUE") { return .isBoolean(selector, true) }
            if scanner.takeWord("FALSE") { return .isBoolean(selector, false) }
            guard scanner.takeWord("NULL") else { throw scanner.invalid() }
            return .isNull(selector)
        }
        if scanner.takeWord("NOT") {
            scanner.skipSpaces()
            guard scanner.takeWord("EXISTS") else { throw scanner.invalid() }
            return .exists(selector, false)
        }
        if scanner.takeWord("EXISTS") { return .exists(selector, true) }
        return try self.comparison(of: selector, &scanner)
    }

    private static func comparison(
        of selector: JSONSelector, _ scanner: inout PatternScanner
    ) throws -> Test {
        let comparison = try PatternComparison(&scanner)
        scanner.skipSpaces()
        let operand = try PatternOperand(&scanner) { scalar in
            scalar.isTermCharacter || "*.-+:/@#".unicodeScalars.contains(scalar)
        }
        if comparison.isNumeric {
            guard case .number = operand else { throw PatternScanner.invalidPattern }
        }
        return .comparison(selector, comparison, operand)
    }
}
