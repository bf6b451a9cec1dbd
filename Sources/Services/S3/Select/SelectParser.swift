import Wire

/// Reads the words of a query, by recursive descent.
struct SelectParser {
    private static let reserved: Set<String> = [
        "select", "from", "where", "limit", "and", "or", "not", "as", "like", "escape", "in",
        "between", "is", "null", "missing", "cast", "true", "false",
    ]
    /// How deep expressions may nest.
    private static let greatestDepth = 64

    private var tokens: ArraySlice<SelectToken>
    private var depth = 0
    private(set) var aggregates: [(kind: SelectExpression.Aggregate, operand: SelectExpression?)] =
        []
    private(set) var sourceAlias: String?

    init(_ tokens: [SelectToken]) {
        self.tokens = tokens[...]
    }

    // MARK: - Words

    mutating func take(_ keyword: String) -> Bool {
        guard case .word(let word)? = tokens.first, word.lowercased() == keyword else {
            return false
        }
        tokens.removeFirst()
        return true
    }

    mutating func take(symbol: String) -> Bool {
        guard tokens.first == .symbol(symbol) else { return false }
        tokens.removeFirst()
        return true
    }

    mutating func expect(_ keyword: String) throws {
        guard take(keyword) else {
            throw SelectFailure.syntax("\(keyword.uppercased()) is expected")
        }
    }

    private mutating func expect(symbol: String) throws {
        guard take(symbol: symbol) else { throw SelectFailure.syntax("\(symbol) is expected") }
    }

    func end() throws {
        guard tokens.isEmpty || tokens == [.symbol(";")] else {
            throw SelectFailure.syntax("\(tokens.first.map { "\($0)" } ?? "")")
        }
    }

    mutating func wholeNumber() throws -> Int {
        guard case .number(let text)? = tokens.popFirst(), let number = Int(text) else {
            throw SelectFailure.syntax("a number is expected")
        }
        return number
    }

    /// `AS name`, or a name alone.
    mutating func alias() throws -> String? {
        let isExplicit = take("as")
        switch tokens.first {
        case .word(let name)? where !Self.reserved.contains(name.lowercased()):
            tokens.removeFirst()
            return name
        case .quoted(let name)?:
            tokens.removeFirst()
            return name
        default:
            guard !isExplicit else { throw SelectFailure.syntax("a name is expected") }
            return nil
        }
    }

    /// `S3Object[*].a.b[*] s`: the steps after `S3Object`; nothing stands for `[*]`.
    mutating func source() throws -> [SelectPath?] {
        guard take("s3object") else { throw SelectFailure.syntax("S3Object is expected") }
        var steps: [SelectPath?] = []
        while true {
            if take(symbol: "[") {
                if take(symbol: "*") {
                    steps.append(nil)
                } else {
                    steps.append(.index(try wholeNumber()))
                }
                try expect(symbol: "]")
            } else if take(symbol: ".") {
                steps.append(try name())
            } else {
                break
            }
        }
        sourceAlias = try alias()
        return steps
    }

    private mutating func name() throws -> SelectPath {
        switch tokens.popFirst() {
        case .word(let name)?: return .name(name, isExact: false)
        case .quoted(let name)?: return .name(name, isExact: true)
        default: throw SelectFailure.syntax("a name is expected")
        }
    }

    // MARK: - Expressions

    mutating func expression() throws -> SelectExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.greatestDepth else {
            throw SelectFailure.syntax("too deep an expression")
        }
        var left = try conjunction()
        while take("or") { left = .or(left, try conjunction()) }
        return left
    }

    private mutating func conjunction() throws -> SelectExpression {
        var left = try negation()
        while take("and") { left = .and(left, try negation()) }
        return left
    }

    private mutating func negation() throws -> SelectExpression {
        var count = 0
        while take("not") { count += 1 }
        let operand = try comparison()
        return count.isMultiple(of: 2) ? operand : .not(operand)
    }

    private mutating func comparison() throws -> SelectExpression {
        let left = try sum()
        let comparisons: [(String, SelectExpression.Comparison)] = [
            ("=", .equal), ("<>", .unequal), ("!=", .unequal), ("<=", .lessOrEqual), ("<", .less),
            (">=", .greaterOrEqual), (">", .greater),
        ]
        for (symbol, comparison) in comparisons where take(symbol: symbol) {
            return .compare(comparison, left, try sum())
        }
        if take("is") {
            let isNegated = take("not")
            let test: SelectExpression
            if take("null") {
                test = .isNull(left)
            } else {
                try expect("missing")
                test = .isMissing(left)
            }
            return isNegated ? .not(test) : test
        }
        let isNegated = take("not")
        guard let test = try membership(of: left) else {
            guard !isNegated else { throw SelectFailure.syntax("NOT") }
            return left
        }
        return isNegated ? .not(test) : test
    }

    private mutating func membership(of left: SelectExpression) throws -> SelectExpression? {
        if take("like") {
            let pattern = try sum()
            guard take("escape") else { return .like(left, pattern, escape: nil) }
            guard case .text(let text)? = tokens.popFirst(), text.count == 1 else {
                throw SelectFailure.syntax("one character is expected")
            }
            return .like(left, pattern, escape: text.first)
        }
        if take("between") {
            let least = try sum()
            try expect("and")
            return .between(left, least, try sum())
        }
        guard take("in") else { return nil }
        try expect(symbol: "(")
        var list = [try expression()]
        while take(symbol: ",") { list.append(try expression()) }
        try expect(symbol: ")")
        return .isAmong(left, list)
    }

    private mutating func sum() throws -> SelectExpression {
        var left = try product()
        while true {
            if take(symbol: "+") {
                left = .calculate(.add, left, try product())
            } else if take(symbol: "-") {
                left = .calculate(.subtract, left, try product())
            } else {
                return left
            }
        }
    }

    private mutating func product() throws -> SelectExpression {
        var left = try operand()
        while true {
            if take(symbol: "*") {
                left = .calculate(.multiply, left, try operand())
            } else if take(symbol: "/") {
                left = .calculate(.divide, left, try operand())
            } else if take(symbol: "%") {
                left = .calculate(.remainder, left, try operand())
            } else {
                return left
            }
        }
    }

    private mutating func operand() throws -> SelectExpression {
        if take(symbol: "-") { return .calculate(.subtract, .value(.integer(0)), try operand()) }
        if take(symbol: "(") {
            let inner = try expression()
            try expect(symbol: ")")
            return inner
        }
        switch tokens.popFirst() {
        case .text(let text)?: return .value(.text(text))
        case .number(let text)?:
            if let whole = Int64(text) { return .value(.integer(whole)) }
            guard let number = Double(text) else { throw SelectFailure.syntax(text) }
            return .value(.decimal(number))
        case .quoted(let name)?: return try path(from: .name(name, isExact: true))
        case .word(let text)?: return try word(text)
        case let token: throw SelectFailure.syntax("\(token.map { "\($0)" } ?? "the end")")
        }
    }

    private mutating func word(_ word: String) throws -> SelectExpression {
        switch word.lowercased() {
        case "true": return .value(.boolean(true))
        case "false": return .value(.boolean(false))
        case "null": return .value(.null)
        case "missing": return .value(.missing)
        case "cast":
            try expect(symbol: "(")
            let inner = try expression()
            try expect("as")
            guard case .word(let type)? = tokens.popFirst() else {
                throw SelectFailure.syntax("a type is expected")
            }
            try expect(symbol: ")")
            return .cast(inner, type.lowercased())
        case let name where tokens.first == .symbol("("): return try call(name)
        case let name:
            guard !Self.reserved.contains(name) else { throw SelectFailure.syntax(word) }
            return try path(from: .name(word, isExact: false))
        }
    }

    private mutating func call(_ name: String) throws -> SelectExpression {
        try expect(symbol: "(")
        if let kind = SelectExpression.Aggregate(rawValue: name) {
            let isAll = kind == .count && take(symbol: "*")
            aggregates.append((kind, isAll ? nil : try expression()))
            try expect(symbol: ")")
            return .aggregate(aggregates.count - 1)
        }
        var arguments: [SelectExpression] = []
        if !take(symbol: ")") {
            repeat {
                arguments.append(try expression())
            } while take(symbol: ",") || take("from") || take("for")
            try expect(symbol: ")")
        }
        return .call(name, arguments)
    }

    private mutating func path(from first: SelectPath) throws -> SelectExpression {
        var path = [first]
        while true {
            if take(symbol: ".") {
                // `s.*` is the record.
                if take(symbol: "*") { break }
                path.append(try name())
            } else if take(symbol: "[") {
                path.append(.index(try wholeNumber()))
                try expect(symbol: "]")
            } else {
                break
            }
        }
        return .path(path)
    }
}
