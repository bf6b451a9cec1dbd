import DynamoDBValues

/// The placeholders of a request's expressions, and which of them the expressions name.
struct Placeholders {
    private let names: [String: String]
    private let values: AttributeMap
    private var usedNames: Set<String> = []
    private var usedValues: Set<String> = []

    init(names: [String: String] = [:], values: AttributeMap = [:]) {
        self.names = names
        self.values = values
    }

    /// The path that is written, with names in the place of placeholders.
    ///
    /// - Throws: `ExpressionProblem` where a placeholder is not defined or a name is reserved.
    mutating func path(
        _ path: PathSyntax, in kind: ExpressionKind
    ) throws(ExpressionProblem) -> DocumentPath {
        guard path.parts.count <= ExpressionLimits.pathParts else {
            throw kind.problem(
                "The document path has too many nesting levels; nesting levels: \(path.parts.count)"
            )
        }
        var root: String?
        var steps: [DocumentPath.Step] = []
        for part in path.parts {
            let step = try step(part, in: kind)
            if root == nil, case .attribute(let name) = step {
                root = name
            } else {
                steps.append(step)
            }
        }
        guard let root else { preconditionFailure("a path begins with a name") }
        return DocumentPath(root, steps)
    }

    private mutating func step(
        _ part: PathSyntax.Part, in kind: ExpressionKind
    ) throws(ExpressionProblem) -> DocumentPath.Step {
        switch part {
        case .name(let name):
            guard !ReservedWords.contains(name) else {
                throw kind.problem(
                    "Attribute name is a reserved keyword; reserved keyword: \(name)")
            }
            return .attribute(String(name))
        case .placeholder(let placeholder):
            guard let name = names[String(placeholder)] else {
                throw kind.problem(
                    "An expression attribute name used in the document path is not defined; attribute name: \(placeholder)"
                )
            }
            usedNames.insert(String(placeholder))
            return .attribute(name)
        case .index(let digits):
            guard let index = Int32(digits) else {
                throw kind.problem(
                    "List index is not within the allowable range; index: [\(digits)]")
            }
            return .index(Int(index))
        }
    }

    /// The value of a placeholder.
    ///
    /// - Throws: `ExpressionProblem` where it is not defined.
    mutating func value(
        _ placeholder: Substring, in kind: ExpressionKind
    ) throws(ExpressionProblem) -> AttributeValue {
        guard let value = values[String(placeholder)] else {
            throw kind.problem(
                "An expression attribute value used in expression is not defined; attribute value: \(placeholder)"
            )
        }
        usedValues.insert(String(placeholder))
        return value
    }

    /// Checks that every placeholder was named.
    ///
    /// - Throws: `ExpressionProblem`.
    func checkUse() throws(ExpressionProblem) {
        try Self.check(
            names.keys.filter { !usedNames.contains($0) }, of: "ExpressionAttributeNames")
        try Self.check(
            values.names.filter { !usedValues.contains($0) }, of: "ExpressionAttributeValues")
    }

    private static func check(
        _ unused: [String], of parameter: String
    ) throws(ExpressionProblem) {
        guard !unused.isEmpty else { return }
        throw ExpressionProblem(
            message:
                "Value provided in \(parameter) unused in expressions: keys: {\(unused.sorted().joined(separator: ", "))}"
        )
    }
}
