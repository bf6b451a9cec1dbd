/// Tests joined by `&&`, which binds stronger, `||` and parentheses.
indirect enum PatternCondition<Test: Sendable>: Sendable {
    case test(Test)
    case all([PatternCondition])
    case any([PatternCondition])

    /// Reads a condition, of which `test` reads each test.
    ///
    /// - Throws: what `test` throws; the scanner's error where a parenthesis is not closed.
    init(
        _ scanner: inout PatternScanner, test: (inout PatternScanner) throws -> Test
    ) throws {
        var conditions = [try Self.conjunction(&scanner, test)]
        while scanner.take("||") { conditions.append(try Self.conjunction(&scanner, test)) }
        self = conditions.count == 1 ? conditions[0] : .any(conditions)
    }

    private static func conjunction(
        _ scanner: inout PatternScanner, _ test: (inout PatternScanner) throws -> Test
    ) throws -> PatternCondition {
        var conditions = [try operand(&scanner, test)]
        while scanner.take("&&") { conditions.append(try operand(&scanner, test)) }
        return conditions.count == 1 ? conditions[0] : .all(conditions)
    }

    private static func operand(
        _ scanner: inout PatternScanner, _ test: (inout PatternScanner) throws -> Test
    ) throws -> PatternCondition {
        scanner.skipSpaces()
        defer { scanner.skipSpaces() }
        guard scanner.take("(") else { return .test(try test(&scanner)) }
        let condition = try PatternCondition(&scanner, test: test)
        try scanner.expect(")")
        return condition
    }

    /// Whether the condition holds where `isTrue` says which tests do.
    func holds(_ isTrue: (Test) -> Bool) -> Bool {
        switch self {
        case .test(let test): isTrue(test)
        case .all(let conditions): conditions.allSatisfy { $0.holds(isTrue) }
        case .any(let conditions): conditions.contains { $0.holds(isTrue) }
        }
    }
}
