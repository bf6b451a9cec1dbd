import DynamoDBValues

extension PartiQLParser {
    /// Reads a literal or a parameter.
    ///
    /// - Parameter place: the names and indexes that lead to it in the attribute's value, for messages; `nil` where
    ///   the value is an item.
    /// - Throws: `ExpressionProblem`.
    mutating func value(in place: [String]?) throws(ExpressionProblem) -> AttributeValue {
        let token = take()
        switch token.kind {
        case .text: return .string(token.text)
        case .number: return .number(try number(token.text, in: place))
        case .word:
            switch token.text.uppercased() {
            case "TRUE": return .boolean(true)
            case "FALSE": return .boolean(false)
            case "NULL": return .null
            default: break
            }
            if self.token.isSign("(") {
                throw ExpressionProblem(
                    message:
                        "Unsupported data type: \(token.text.lowercased()) under key root at \(token.position)"
                )
            }
        case .sign:
            switch token.text {
            case "?": return parameter()
            case "-", "+":
                guard self.token.kind == .number else { break }
                return .number(try number(token.text + take().text, in: place))
            case "[":
                return try nested { (parser) throws(ExpressionProblem) in
                    .list(try parser.elements(until: "]", in: place))
                }
            case "<<":
                return try nested { (parser) throws(ExpressionProblem) in
                    try parser.set(in: place)
                }
            case "{":
                return try nested { (parser) throws(ExpressionProblem) in
                    try parser.map(in: place)
                }
            default: break
            }
        case .name, .end: break
        }
        throw PartiQLProblem.notWellFormed("Unexpected term")
    }

    private func number(
        _ text: String, in place: [String]?
    ) throws(ExpressionProblem) -> DynamoDBNumber {
        do {
            return try DynamoDBNumber(text)
        } catch {
            throw ExpressionProblem(
                message: "\(error.message) under root\((place ?? []).joined())")
        }
    }

    private mutating func elements(
        until end: String, in place: [String]?
    ) throws(ExpressionProblem) -> [AttributeValue] {
        var values: [AttributeValue] = []
        if takes(sign: end) { return values }
        repeat {
            values.append(try value(in: (place ?? []) + ["[\(values.count)]"]))
        } while takes(sign: ",")
        try expect(sign: end)
        return values
    }

    private mutating func map(in place: [String]?) throws(ExpressionProblem) -> AttributeValue {
        var map = AttributeMap()
        if takes(sign: "}") { return .map(map) }
        repeat {
            guard token.kind == .text else { throw unexpected() }
            let key = take().text
            try expect(sign: ":")
            // An attribute of an item is the root of its own value.
            map[key] = try value(in: place.map { $0 + [".\(key)"] } ?? [])
        } while takes(sign: ",")
        try expect(sign: "}")
        return .map(map)
    }

    /// Reads a set: members of one type, each once.
    private mutating func set(in place: [String]?) throws(ExpressionProblem) -> AttributeValue {
        let members = try elements(until: ">>", in: place)
        guard let first = members.first else {
            throw ExpressionProblem(message: "Empty bags are not supported")
        }
        let set: AttributeValue?
        switch first.type {
        case .string:
            set = AttributeValue.set(
                of: members.compactMap { if case .string(let text) = $0 { text } else { nil } })
        case .number:
            set = AttributeValue.set(
                of: members.compactMap { if case .number(let number) = $0 { number } else { nil } })
        case .binary:
            set = AttributeValue.set(
                of: members.compactMap { if case .binary(let bytes) = $0 { bytes } else { nil } })
        default: set = nil
        }
        guard let set, members.allSatisfy({ $0.type == first.type }) else {
            throw ExpressionProblem(
                message: "Bags must contain strings, numbers or binaries, and of one type")
        }
        guard set.elementCount == members.count else {
            let shown = members.map(\.shownInSet).joined(separator: ", ")
            throw ExpressionProblem(
                message:
                    "One or more parameter values were invalid: Input collection [\(shown)] contains duplicates."
            )
        }
        return set
    }
}

extension AttributeValue {
    fileprivate var shownInSet: String {
        switch self {
        case .string(let text): text
        case .number(let number): number.text
        default: shown
        }
    }
}
