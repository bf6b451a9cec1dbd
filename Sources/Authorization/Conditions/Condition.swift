import Wire

/// One key of a statement's condition: an operator and the values that it compares with.
struct Condition: Sendable {
    /// The condition key, in lower case.
    let key: String
    private let operation: ConditionOperator
    private let values: [ConditionValue]

    /// Reads the `Condition` of a statement, whose keys all have to hold.
    ///
    /// - Throws: `PolicyError`.
    static func all(
        in document: Document?, hasVariables: Bool
    ) throws(PolicyError) -> [Condition] {
        guard let document else { return [] }
        guard case .object(let operators) = document else {
            throw PolicyError("Syntax errors in policy.")
        }
        var conditions: [Condition] = []
        // Sorted, so that a policy is always evaluated in the same order.
        for (name, block) in operators.sorted(by: { $0.key < $1.key }) {
            guard case .object(let keys) = block else {
                throw PolicyError("Syntax errors in policy.")
            }
            // What compares nothing may be called anything.
            if keys.isEmpty { continue }
            guard let operation = ConditionOperator(name) else {
                throw PolicyError("Syntax errors in policy.")
            }
            for (key, value) in keys.sorted(by: { $0.key < $1.key }) {
                conditions.append(
                    Condition(
                        key: key.lowercased(), operation: operation,
                        values: try value.conditionValues().map {
                            ConditionValue(
                                $0, for: operation.comparison, hasVariables: hasVariables)
                        }))
            }
        }
        return conditions
    }

    /// The variables that the values have, in lower case.
    var variables: [String] { values.flatMap(\.variables) }

    /// Whether the condition holds for a request.
    func holds(in facts: RequestFacts) -> Bool {
        let given = facts.values(of: key) ?? []
        if operation.comparison == .null {
            let isAbsent = given.isEmpty
            return values.contains { $0.isTruth == isAbsent }
        }
        guard !given.isEmpty else { return holdsWithoutValues }
        let comparison = operation.comparison
        let fits = { (value: String) -> Bool in
            values.contains { $0.fits(value, by: comparison, facts) }
        }
        return switch (operation.quantifier, operation.isNegated) {
        case (.all, false): given.allSatisfy(fits)
        case (.all, true), (nil, true): !given.contains(where: fits)
        case (.any, false), (nil, false): given.contains(where: fits)
        case (.any, true): !given.allSatisfy(fits)
        }
    }

    /// What holds of a request without the key: nothing is equal to what is not there.
    private var holdsWithoutValues: Bool {
        if operation.holdsWithoutKey { return true }
        return switch operation.quantifier {
        case .all: true
        case .any: false
        case nil: operation.isNegated
        }
    }
}
