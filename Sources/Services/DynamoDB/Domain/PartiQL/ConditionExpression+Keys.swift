import DynamoDBValues

// A statement names keys in its condition, with everything else.
extension ConditionExpression {
    /// The conditions all of which must hold.
    private var conjuncts: [ConditionExpression] {
        if case .and(let conditions) = self { conditions.flatMap(\.conjuncts) } else { [self] }
    }

    /// The key that the condition names with an equality for each of `names`, and what else must hold; `nil` where it
    /// names none.
    func key(
        _ names: [String]
    ) -> (key: AttributeMap, rest: ConditionExpression?)? {
        var key = AttributeMap()
        var rest: [ConditionExpression] = []
        for condition in conjuncts {
            if let (name, value) = condition.equality, names.contains(name), key[name] == nil {
                key[name] = value
            } else {
                rest.append(condition)
            }
        }
        guard key.count == Set(names).count else { return nil }
        return (key, rest.count > 1 ? .and(rest) : rest.first)
    }

    /// What the condition says of the attributes of a key in terms of a query: an equality for each of `hash`, and
    /// tests of a beginning of `range`; `nil` where it does not name a partition, and only a scan finds what it does.
    func keyClauses(hash: [String], range: [String]) -> [KeyClause]? {
        let clauses = conjuncts.compactMap(\.keyClause)
        var found: [KeyClause] = []
        for name in hash {
            guard let clause = clauses.first(where: { $0.attribute == name && $0.test == .equal })
            else { return nil }
            found.append(clause)
        }
        for name in range {
            guard let clause = clauses.first(where: { $0.attribute == name }) else { break }
            found.append(clause)
            guard clause.test == .equal else { break }
        }
        return found
    }

    private var equality: (String, AttributeValue)? {
        guard let clause = keyClause, clause.test == .equal else { return nil }
        return (clause.attribute, clause.values[0])
    }

    /// The condition as a test of one attribute.
    private var keyClause: KeyClause? {
        switch self {
        case .comparison(let comparator, .path(let path), .value(let value)):
            return Self.clause(path, comparator, value)
        case .comparison(let comparator, .value(let value), .path(let path)):
            return Self.clause(path, comparator.reversed, value)
        case .between(.path(let path), .value(let lower), .value(let upper))
        where path.steps.isEmpty:
            return KeyClause(attribute: path.root, test: .between, values: [lower, upper])
        case .beginsWith(.path(let path), .value(let value)) where path.steps.isEmpty:
            return KeyClause(attribute: path.root, test: .beginsWith, values: [value])
        default: return nil
        }
    }

    private static func clause(
        _ path: DocumentPath, _ comparator: Comparator, _ value: AttributeValue
    ) -> KeyClause? {
        guard path.steps.isEmpty else { return nil }
        let test: KeyClause.Operator? =
            switch comparator {
            case .equal: .equal
            case .less: .less
            case .lessOrEqual: .lessOrEqual
            case .greater: .greater
            case .greaterOrEqual: .greaterOrEqual
            case .notEqual: nil
            }
        return test.map { KeyClause(attribute: path.root, test: $0, values: [value]) }
    }
}
