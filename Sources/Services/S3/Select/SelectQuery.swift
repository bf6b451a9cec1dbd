import Wire

/// A query over the records of one object: `SELECT … FROM S3Object s WHERE … LIMIT …`.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-select-sql-reference-select.html>
struct SelectQuery: Sendable {
    /// What the query answers of a record.
    struct Column: Sendable {
        var expression: SelectExpression
        var name: String
    }

    /// Nothing stands for the whole record.
    var columns: [Column]?
    var aggregates: [(kind: SelectExpression.Aggregate, operand: SelectExpression?)] = []
    /// The way from a JSON document to what is queried: `S3Object[*].items[*]`.
    var source: [SelectPath?] = []
    var condition: SelectExpression?
    var limit: Int?

    /// Reads a query.
    ///
    /// - Throws: `AWSError`.
    init(_ text: String) throws {
        var parser = SelectParser(try SelectToken.all(of: text))
        try parser.expect("select")
        if parser.take(symbol: "*") {
            columns = nil
        } else {
            columns = []
            repeat {
                let expression = try parser.expression()
                let name = try parser.alias() ?? Self.name(of: expression, columns?.count ?? 0)
                columns?.append(Column(expression: expression, name: name))
            } while parser.take(symbol: ",")
        }
        try parser.expect("from")
        source = try parser.source()
        if parser.take("where") { condition = try parser.expression() }
        if parser.take("limit") { limit = try parser.wholeNumber() }
        try parser.end()
        aggregates = parser.aggregates
        let alias = parser.sourceAlias
        columns = columns?.map { column in
            Column(expression: column.expression.without(alias), name: column.name)
        }
        condition = condition?.without(alias)
        aggregates = aggregates.map { ($0.kind, $0.operand?.without(alias)) }
    }

    private static func name(of expression: SelectExpression, _ index: Int) -> String {
        if case .path(let path) = expression, case .name(let name, _)? = path.last { return name }
        return "_\(index + 1)"
    }
}

extension SelectExpression {
    /// The expression with paths that do not begin with the name of the source.
    fileprivate func without(_ alias: String?) -> SelectExpression {
        func strip(_ expression: SelectExpression) -> SelectExpression { expression.without(alias) }
        switch self {
        case .value, .aggregate: return self
        case .path(let path):
            guard case .name(let name, _)? = path.first,
                [alias?.lowercased(), "s3object"].contains(name.lowercased())
            else { return self }
            return .path(Array(path.dropFirst()))
        case .compare(let kind, let left, let right):
            return .compare(kind, strip(left), strip(right))
        case .calculate(let kind, let left, let right):
            return .calculate(kind, strip(left), strip(right))
        case .and(let left, let right): return .and(strip(left), strip(right))
        case .or(let left, let right): return .or(strip(left), strip(right))
        case .not(let operand): return .not(strip(operand))
        case .isNull(let operand): return .isNull(strip(operand))
        case .isMissing(let operand): return .isMissing(strip(operand))
        case .like(let operand, let pattern, let escape):
            return .like(strip(operand), strip(pattern), escape: escape)
        case .isAmong(let operand, let list): return .isAmong(strip(operand), list.map(strip))
        case .between(let operand, let least, let most):
            return .between(strip(operand), strip(least), strip(most))
        case .cast(let operand, let type): return .cast(strip(operand), type)
        case .call(let name, let arguments): return .call(name, arguments.map(strip))
        }
    }
}
