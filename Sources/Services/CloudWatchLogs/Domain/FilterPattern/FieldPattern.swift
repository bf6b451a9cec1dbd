/// A message as fields between spaces: `[ip, user, ..., status = 4*, bytes > 1000]`.
struct FieldPattern: Sendable {
    private enum Test: Sendable {
        case anything
        case comparison(PatternComparison, PatternOperand)

        func holds(_ field: String) -> Bool {
            switch self {
            case .anything: true
            case .comparison(let comparison, let operand): comparison.holds(field, operand)
            }
        }
    }

    private typealias Condition = PatternCondition<Test>

    /// The fields before `...`, or all of them.
    private var leading: [Condition] = []
    /// The fields after `...`; `nil` where the pattern has none.
    private var trailing: [Condition]?

    init(_ scanner: inout PatternScanner) throws {
        try scanner.expect("[")
        repeat {
            scanner.skipSpaces()
            if scanner.take("...") {
                guard trailing == nil else { throw PatternScanner.invalidPattern }
                trailing = []
            } else {
                let condition = try Condition(&scanner, test: Self.test)
                if trailing == nil {
                    leading.append(condition)
                } else {
                    trailing?.append(condition)
                }
            }
            scanner.skipSpaces()
        } while scanner.take(",")
        try scanner.expect("]")
        try scanner.end()
    }

    func matches(_ message: [UInt8]) -> Bool {
        let fields = Self.fields(of: String(decoding: message, as: UTF8.self))
        guard let trailing else {
            return fields.count == leading.count && Self.hold(leading, fields[...])
        }
        return fields.count >= leading.count + trailing.count
            && Self.hold(leading, fields.prefix(leading.count))
            && Self.hold(trailing, fields.suffix(trailing.count))
    }

    private static func hold(_ conditions: [Condition], _ fields: ArraySlice<String>) -> Bool {
        zip(conditions, fields).allSatisfy { condition, field in
            condition.holds { $0.holds(field) }
        }
    }

    /// The fields of a message. What stands in quotation marks or square brackets is one field.
    static func fields(of message: String) -> [String] {
        var fields: [String] = []
        var rest = message.unicodeScalars[...]
        while let first = rest.first {
            if first.properties.isWhitespace {
                rest.removeFirst()
                continue
            }
            let closing: Unicode.Scalar? = first == "\"" ? "\"" : first == "[" ? "]" : nil
            if let closing, let end = rest.dropFirst().firstIndex(of: closing) {
                fields.append(String(rest[rest.index(after: rest.startIndex)..<end]))
                rest = rest[rest.index(after: end)...]
            } else {
                let field = rest.prefix { !$0.properties.isWhitespace }
                fields.append(String(field))
                rest = rest[field.endIndex...]
            }
        }
        return fields
    }

    /// A name, alone or compared: `status`, `status = 4*`.
    private static func test(_ scanner: inout PatternScanner) throws -> Test {
        let name = scanner.take { $0.isNameCharacter || $0 == "-" }
        guard !name.isEmpty else { throw scanner.invalid() }
        scanner.skipSpaces()
        switch scanner.peek {
        case "=", "!", "<", ">": break
        default: return .anything
        }
        let comparison = try PatternComparison(&scanner)
        scanner.skipSpaces()
        let operand = try PatternOperand(&scanner) { scalar in
            !scalar.properties.isWhitespace && !",]&|()\"%".unicodeScalars.contains(scalar)
        }
        if comparison.isNumeric {
            guard case .number = operand else { throw PatternScanner.invalidPattern }
        }
        return .comparison(comparison, operand)
    }
}
