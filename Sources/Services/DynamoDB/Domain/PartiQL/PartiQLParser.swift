import DynamoDBValues

/// Reads statements of PartiQL. Conditions, values and updates are its extensions.
struct PartiQLParser {
    /// How deep parentheses, negations and literals may nest.
    private static let greatestDepth = 100

    let tokens: [PartiQLToken]
    private var index = 0
    private var depth = 0
    /// The values of the question marks that are left.
    private var parameters: ArraySlice<AttributeValue>
    let check = OperandCheck(kind: nil)

    private init(
        _ statement: String, _ parameters: [AttributeValue]
    ) throws(ExpressionProblem) {
        self.tokens = try PartiQLLexer.tokens(of: statement)
        self.parameters = parameters[...]
    }

    /// The statement that a text is.
    ///
    /// - Parameter parameters: the values of its question marks.
    /// - Throws: `ExpressionProblem`.
    static func statement(
        _ text: String, _ parameters: [AttributeValue] = []
    ) throws(ExpressionProblem) -> PartiQLStatement {
        var parser = try PartiQLParser(text, parameters)
        let marks = parser.tokens.count { $0.isSign("?") }
        guard marks == parameters.count else {
            throw ExpressionProblem(
                message: "Number of parameters in request and statement don't match.")
        }
        let statement = try parser.statement()
        _ = parser.takes(sign: ";")
        guard parser.token.kind == .end else { throw PartiQLProblem.leftover }
        return statement
    }

    private mutating func statement() throws(ExpressionProblem) -> PartiQLStatement {
        if takes("SELECT") { return .select(try select()) }
        if takes("INSERT") { return try insert() }
        if takes("UPDATE") { return try update() }
        if takes("DELETE") { return try delete() }
        if takes("FROM") { return try updateFromFirst() }
        if token.isKeyword("EXISTS"), following.isSign("(") {
            take()
            take()
            try expect("SELECT")
            let select = try select()
            try expect(sign: ")")
            return .exists(select)
        }
        throw unexpected()
    }

    // MARK: - Statements

    private mutating func select() throws(ExpressionProblem) -> PartiQLStatement.Select {
        let columns = try columns()
        try expect("FROM")
        let (table, index) = try source()
        try refuseAlias()
        let condition = try takes("WHERE") ? self.condition() : nil
        return PartiQLStatement.Select(
            table: table, index: index, columns: columns, condition: condition,
            order: try order())
    }

    private mutating func columns() throws(ExpressionProblem) -> [PartiQLStatement.Column]? {
        if takes(sign: "*") { return nil }
        var columns: [PartiQLStatement.Column] = []
        repeat {
            if token.kind == .word, following.isSign("(") {
                throw ExpressionProblem(
                    message: "Unexpected path component at \(token.position)")
            }
            let path = try path()
            if token.isKeyword("AS") { throw PartiQLProblem.aliasing }
            columns.append(.init(path: path, name: path.columnName))
        } while takes(sign: ",")
        return columns
    }

    private mutating func order() throws(ExpressionProblem) -> [PartiQLStatement.Order] {
        guard token.isKeyword("ORDER"), following.isKeyword("BY") else { return [] }
        take()
        take()
        var order: [PartiQLStatement.Order] = []
        repeat {
            let attribute = try name()
            let isDescending = takes("DESC")
            if !isDescending { _ = takes("ASC") }
            order.append(.init(attribute: attribute, isDescending: isDescending))
        } while takes(sign: ",")
        return order
    }

    private mutating func insert() throws(ExpressionProblem) -> PartiQLStatement {
        try expect("INTO")
        let table = try table()
        guard takes("VALUE") else { throw PartiQLProblem.leftover }
        guard case .map(let item) = try value(in: nil) else { throw unexpected() }
        return .insert(table: table, item: item)
    }

    private mutating func update() throws(ExpressionProblem) -> PartiQLStatement {
        let table = try table()
        if !token.isKeyword("SET"), !token.isKeyword("REMOVE") { try refuseAlias() }
        let actions = try actions()
        let condition = try takes("WHERE") ? self.condition() : nil
        return try update(table, actions, condition)
    }

    private mutating func updateFromFirst() throws(ExpressionProblem) -> PartiQLStatement {
        let table = try table()
        try refuseAlias()
        let condition = try takes("WHERE") ? self.condition() : nil
        return try update(table, try actions(), condition)
    }

    private mutating func update(
        _ table: String, _ actions: [UpdateExpression.Action], _ condition: ConditionExpression?
    ) throws(ExpressionProblem) -> PartiQLStatement {
        try DocumentPath.check(actions.map(\.path), in: .update)
        return .update(
            .init(
                table: table, update: UpdateExpression(actions: actions), condition: condition,
                returning: try returning()))
    }

    private mutating func delete() throws(ExpressionProblem) -> PartiQLStatement {
        try expect("FROM")
        let table = try table()
        try refuseAlias()
        let condition = try takes("WHERE") ? self.condition() : nil
        let returning = try returning()
        guard returning == nil || returning == .allOld else {
            let words = returning?.rawValue.split(separator: "_").map {
                $0 == "UPDATED" ? "MODIFIED" : String($0)
            }
            throw ExpressionProblem(
                message:
                    "Invalid returning clause: RETURNING \((words ?? []).joined(separator: " ")) *. "
                    + "Only RETURNING ALL OLD * is allowed in DELETE statements."
            )
        }
        return .delete(.init(table: table, condition: condition, returning: returning))
    }

    private mutating func returning() throws(ExpressionProblem) -> PartiQLStatement.Returning? {
        guard takes("RETURNING") else { return nil }
        let isAll = takes("ALL")
        if !isAll { try expect("MODIFIED") }
        let isOld = takes("OLD")
        if !isOld { try expect("NEW") }
        try expect(sign: "*")
        return isAll ? (isOld ? .allOld : .allNew) : (isOld ? .modifiedOld : .modifiedNew)
    }

    // MARK: - Names

    /// Reads the table of a write.
    private mutating func table() throws(ExpressionProblem) -> String {
        let (table, index) = try source()
        guard index == nil else {
            throw PartiQLProblem.notWellFormed("Unexpected path component")
        }
        return table
    }

    /// Reads a table and, where one is named, its index.
    private mutating func source() throws(ExpressionProblem) -> (table: String, index: String?) {
        var parts = [try name()]
        while takes(sign: ".") { parts.append(try name()) }
        guard !parts.contains("") else {
            throw ExpressionProblem(message: "Path component cannot be an empty string")
        }
        guard parts.count <= 2 else {
            throw ExpressionProblem(
                message: "A path may contain at most 2 components in the FROM clause")
        }
        return (parts[0], parts.count == 2 ? parts[1] : nil)
    }

    private func refuseAlias() throws(ExpressionProblem) {
        let clauses = ["WHERE", "ORDER", "SET", "REMOVE", "RETURNING"]
        guard token.kind == .name || token.kind == .word,
            !clauses.contains(where: { token.isKeyword($0) })
        else { return }
        throw PartiQLProblem.aliasing
    }

    /// Reads a path.
    mutating func path() throws(ExpressionProblem) -> DocumentPath {
        let root = try name()
        var steps: [DocumentPath.Step] = []
        while true {
            if takes(sign: ".") {
                if token.kind == .word, PartiQLKeywords.contains(token.text) {
                    throw PartiQLProblem.notWellFormed("Invalid path dot component")
                }
                steps.append(.attribute(try name()))
            } else if takes(sign: "[") {
                steps.append(try bracketed())
                try expect(sign: "]")
            } else {
                return DocumentPath(root, steps)
            }
        }
    }

    /// Reads a list's index, or a map's key in quotes.
    private mutating func bracketed() throws(ExpressionProblem) -> DocumentPath.Step {
        let first = take()
        if first.kind == .text { return .attribute(first.text) }
        let isNegative = first.isSign("-")
        let digits = isNegative ? take() : first
        guard digits.kind == .number else {
            throw PartiQLProblem.notWellFormed("Invalid path component")
        }
        let shown = (isNegative ? "-" : "") + digits.text
        guard let index = Int32(shown), index >= 0 else {
            throw ExpressionProblem(
                message:
                    "List index is not within the allowable range; index: [\(shown)] at \(first.position)"
            )
        }
        return .index(Int(index))
    }

    private mutating func name() throws(ExpressionProblem) -> String {
        guard token.kind == .word || token.kind == .name else { throw unexpected() }
        return take().text
    }

    // MARK: - Tokens

    var token: PartiQLToken { tokens[index] }
    var following: PartiQLToken { tokens[min(index + 1, tokens.count - 1)] }

    @discardableResult
    mutating func take() -> PartiQLToken {
        defer { if index < tokens.count - 1 { index += 1 } }
        return tokens[index]
    }

    /// Takes the keyword that stands next if it is `word`.
    mutating func takes(_ word: String) -> Bool {
        guard token.isKeyword(word) else { return false }
        take()
        return true
    }

    mutating func takes(sign: String) -> Bool {
        guard token.isSign(sign) else { return false }
        take()
        return true
    }

    mutating func expect(_ word: String) throws(ExpressionProblem) {
        guard takes(word) else { throw unexpected() }
    }

    mutating func expect(sign: String) throws(ExpressionProblem) {
        guard takes(sign: sign) else { throw unexpected() }
    }

    /// The value of the question mark that was taken.
    mutating func parameter() -> AttributeValue {
        guard let value = parameters.popFirst() else {
            preconditionFailure("every question mark has a value")
        }
        return value
    }

    func unexpected() -> ExpressionProblem {
        PartiQLProblem.notWellFormed(token.kind == .end ? "Unexpected end" : "Unexpected term")
    }

    /// Reads something that is enclosed once more.
    mutating func nested<Value>(
        _ read: (inout PartiQLParser) throws(ExpressionProblem) -> Value
    ) throws(ExpressionProblem) -> Value {
        depth += 1
        guard depth <= Self.greatestDepth else {
            throw PartiQLProblem.notWellFormed("Statement is nested too deeply")
        }
        let value = try read(&self)
        depth -= 1
        return value
    }
}

extension DocumentPath {
    /// The name under which a selected value is answered: the last name of its path, and the indexes behind it.
    fileprivate var columnName: String {
        var name = root
        for step in steps {
            switch step {
            case .attribute(let attribute): name = attribute
            case .index(let index): name += "[\(index)]"
            }
        }
        return name
    }
}

/// The words that PartiQL keeps for itself after a dot.
enum PartiQLKeywords {
    static func contains(_ word: String) -> Bool { words.contains(word.lowercased()) }

    private static let words: Set<String> = Set(
        """
        all and any as asc between by case cast create cross delete desc distinct drop else end escape except exists \
        false from full group having in index inner insert intersect into is join left like limit missing natural not \
        null on or order outer remove returning right select set table then true union unique update using value \
        values when where with
        """.split(separator: " ").map(String.init))
}
