/// Takes an expression apart. The grammars of conditions, projections and updates are its extensions.
struct ExpressionParser {
    let kind: ExpressionKind
    private let text: String
    private let tokens: [ExpressionToken]
    private var index = 0
    /// How many parentheses, negations and function calls enclose what is being read.
    private var depth = 0
    private var operators = 0
    private var hasRedundantParentheses = false

    /// Makes a parser of an expression.
    ///
    /// - Throws: `ExpressionProblem` where the expression is empty.
    init(_ kind: ExpressionKind, _ text: String) throws(ExpressionProblem) {
        self.kind = kind
        self.text = text
        self.tokens = ExpressionToken.tokens(of: text)
        guard tokens.count > 1 else {
            throw kind.problem("The expression can not be empty;")
        }
    }

    // MARK: - Tokens

    /// What stands next.
    var token: ExpressionToken { tokens[index] }

    /// The token after the next.
    var following: ExpressionToken { tokens[min(index + 1, tokens.count - 1)] }

    /// Takes the token that stands next.
    @discardableResult
    mutating func take() -> ExpressionToken {
        defer { if index < tokens.count - 1 { index += 1 } }
        return tokens[index]
    }

    /// Takes the sign that stands next if it is `sign`.
    mutating func takes(sign: String) -> Bool {
        guard token.isSign(sign) else { return false }
        take()
        return true
    }

    /// Takes the keyword that stands next if it is `word`.
    mutating func takes(keyword word: String) -> Bool {
        guard token.isKeyword(word) else { return false }
        take()
        return true
    }

    mutating func expect(sign: String) throws(ExpressionProblem) {
        guard takes(sign: sign) else { throw unexpected() }
    }

    mutating func expect(keyword: String) throws(ExpressionProblem) {
        guard takes(keyword: keyword) else { throw unexpected() }
    }

    /// The error for the token that stands next, shown with its neighbours.
    func unexpected() -> ExpressionProblem {
        let first = index > 0 ? tokens[index - 1] : token
        let last = following
        let near = text[first.text.startIndex..<last.text.endIndex]
        let shown = token.kind == .end ? "<EOF>" : token.text
        return kind.problem("Syntax error; token: \"\(shown)\", near: \"\(near)\"")
    }

    /// Checks that the expression is read to its end and holds nothing that is too much.
    func finish() throws(ExpressionProblem) {
        guard token.kind == .end else { throw unexpected() }
        // Key conditions may have as many parentheses as they like.
        if hasRedundantParentheses, kind != .keyCondition {
            throw kind.problem("The expression has redundant parentheses;")
        }
        try checkOperators()
    }

    // MARK: - Bounds

    /// Counts an operator or function.
    mutating func countOperator() { operators += 1 }

    mutating func noteRedundantParentheses() { hasRedundantParentheses = true }

    /// Reads something that is enclosed once more.
    mutating func nested<Value>(
        _ read: (inout ExpressionParser) throws(ExpressionProblem) -> Value
    ) throws(ExpressionProblem) -> Value {
        depth += 1
        guard depth <= ExpressionLimits.nesting else {
            throw hasRedundantParentheses
                ? kind.problem("The expression has redundant parentheses;") : tooManyOperators
        }
        let value = try read(&self)
        depth -= 1
        return value
    }

    private func checkOperators() throws(ExpressionProblem) {
        if operators > ExpressionLimits.operators { throw tooManyOperators }
    }

    private var tooManyOperators: ExpressionProblem {
        let count = max(operators, ExpressionLimits.operators + 1)
        return kind.problem(
            "The expression contains too many operators; operator count: \(count)")
    }

    // MARK: - Paths and operands

    /// Reads a document path.
    mutating func path() throws(ExpressionProblem) -> PathSyntax {
        var parts = [try name()]
        while true {
            if takes(sign: ".") {
                parts.append(try name())
            } else if takes(sign: "[") {
                guard token.kind == .number else { throw unexpected() }
                parts.append(.index(take().text))
                try expect(sign: "]")
            } else {
                return PathSyntax(parts: parts)
            }
        }
    }

    private mutating func name() throws(ExpressionProblem) -> PathSyntax.Part {
        switch token.kind {
        case .word: return .name(take().text)
        case .name: return .placeholder(take().text)
        default: throw unexpected()
        }
    }

    /// Reads a path, a value or a function's call.
    mutating func operand() throws(ExpressionProblem) -> OperandSyntax {
        if token.kind == .value { return .value(take().text) }
        guard token.kind == .word, following.isSign("(") else { return .path(try path()) }
        return try nested { (parser) throws(ExpressionProblem) in
            parser.countOperator()
            let function = parser.take().text
            parser.take()
            return .function(function, try parser.operands())
        }
    }

    /// Reads operands with commas between them, and the closing parenthesis.
    mutating func operands() throws(ExpressionProblem) -> [OperandSyntax] {
        var operands = [try operand()]
        while takes(sign: ",") { operands.append(try operand()) }
        try expect(sign: ")")
        return operands
    }
}
