import DynamoDBValues
import Wire

/// The expressions of one request, or of one part of it, and the placeholders that they share.
///
/// Take each expression that the request may have, then `finish`.
struct RequestExpressions {
    private let layer: ValidationLayer
    private let texts: [ExpressionKind: String]
    private var placeholders: Placeholders

    /// Checks the parameters around expressions.
    ///
    /// - Parameters:
    ///   - layer: how the operation words what it refuses.
    ///   - expressions: the expressions that the request may have.
    ///   - legacy: the legacy parameters, in their order, and whether they are there.
    /// - Throws: `ValidationException`.
    init(
        _ layer: ValidationLayer, _ expressions: KeyValuePairs<ExpressionKind, String?>,
        names: [String: String]?, values: ExpressionAttributeValues? = nil,
        legacy: KeyValuePairs<String, Bool> = [:]
    ) throws {
        self.layer = layer
        self.texts = Dictionary(
            expressions.compactMap { kind, text in text.map { (kind, $0) } },
            uniquingKeysWith: { _, last in last })
        self.placeholders = Placeholders(names: names ?? [:], values: values?.values ?? [:])
        let there = expressions.filter { $0.value != nil }.map(\.key.rawValue)
        let old = legacy.filter(\.value).map(\.key)
        if !there.isEmpty, !old.isEmpty {
            throw layer.error(
                "Can not use both expression and non-expression parameters in the same request: "
                    + "Non-expression parameters: {\(old.joined(separator: ", "))} "
                    + "Expression parameters: {\(there.joined(separator: ", "))}"
            )
        }
        if let names {
            try Self.check(
                Array(names.keys), sign: "#", of: "ExpressionAttributeNames",
                hasExpressions: !there.isEmpty, suffix: "", layer)
        }
        if let values {
            let possible = expressions.map(\.key).filter(\.hasValues).map(\.rawValue)
            let suffix =
                ": \(possible.joined(separator: " and ")) \(possible.count == 1 ? "is" : "are") null"
            try Self.check(
                values.values.names, sign: ":", of: "ExpressionAttributeValues",
                hasExpressions: !there.isEmpty, suffix: layer == .older ? suffix : "", layer)
        }
    }

    private static func check(
        _ keys: [String], sign: Character, of parameter: String, hasExpressions: Bool,
        suffix: String, _ layer: ValidationLayer
    ) throws {
        guard hasExpressions else {
            throw layer.error(
                "\(parameter) can only be specified when using expressions\(suffix)")
        }
        guard !keys.isEmpty else { throw layer.error("\(parameter) must not be empty") }
        for key in keys.sorted() {
            let isValid =
                key.first == sign && key.utf8.count > 1
                && key.utf8.dropFirst().allSatisfy {
                    $0 == UInt8(ascii: "_") || Character(Unicode.Scalar($0)).isASCIIAlphanumeric
                }
            guard isValid else {
                throw layer.error(
                    "\(parameter) contains invalid key: Syntax error; key: \"\(key)\"")
            }
        }
    }

    // MARK: - The expressions

    /// The condition of a write, or the filter of a read; `nil` where there is none.
    mutating func condition(_ kind: ExpressionKind = .condition) throws -> ConditionExpression? {
        try compile(kind) { (text, placeholders) throws(ExpressionProblem) in
            var binder = ConditionBinder(kind, placeholders)
            let condition = try binder.condition(try ExpressionParser.condition(kind, text))
            placeholders = binder.placeholders
            return condition
        }
    }

    /// What a query says of key attributes; `nil` where it does so with legacy parameters.
    mutating func keyCondition() throws -> [KeyClause]? {
        try compile(.keyCondition) { (text, placeholders) throws(ExpressionProblem) in
            var binder = ConditionBinder(.keyCondition, placeholders)
            let clauses = try binder.keyClauses(try ExpressionParser.condition(.keyCondition, text))
            placeholders = binder.placeholders
            return clauses
        }
    }

    /// The projection; `nil` where there is none.
    mutating func projection() throws -> ProjectionExpression? {
        try compile(.projection) { (text, placeholders) throws(ExpressionProblem) in
            var paths: [DocumentPath] = []
            for path in try ExpressionParser.projection(text) {
                paths.append(try placeholders.path(path, in: .projection))
            }
            try DocumentPath.check(paths, in: .projection)
            return ProjectionExpression(paths: paths)
        }
    }

    /// The update; `nil` where there is none.
    mutating func update() throws -> UpdateExpression? {
        try compile(.update) { (text, placeholders) throws(ExpressionProblem) in
            var binder = UpdateBinder(placeholders)
            let update = try binder.update(try ExpressionParser.update(text))
            placeholders = binder.placeholders
            return update
        }
    }

    /// Checks that every placeholder was named.
    ///
    /// - Throws: `ValidationException`.
    func finish() throws {
        do {
            try placeholders.checkUse()
        } catch {
            throw layer.error(error.message)
        }
    }

    private mutating func compile<Value>(
        _ kind: ExpressionKind,
        _ body: (String, inout Placeholders) throws(ExpressionProblem) -> Value
    ) throws -> Value? {
        guard let text = texts[kind] else { return nil }
        guard text.utf8.count <= ExpressionLimits.bytes else {
            let size = layer == .older ? " expression size: \(text.utf8.count)" : ""
            throw layer.error(
                "Invalid \(kind.rawValue): Expression size has exceeded the maximum allowed size;\(size)"
            )
        }
        do {
            return try body(text, &placeholders)
        } catch {
            throw layer.error(error.message)
        }
    }
}

extension Character {
    fileprivate var isASCIIAlphanumeric: Bool { isASCII && (isLetter || isNumber) }
}
