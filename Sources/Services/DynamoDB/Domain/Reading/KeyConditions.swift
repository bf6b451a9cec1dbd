import DynamoDBValues
import Wire

/// What a query says of the attributes of a key.
struct KeyConditions: Sendable {
    /// What is said of each attribute, by its name.
    private let clauses: [String: KeyClause]

    /// Takes clauses, each of which is of another attribute.
    init(_ clauses: [KeyClause]) {
        self.clauses = Dictionary(
            clauses.map { ($0.attribute, $0) }, uniquingKeysWith: { _, last in last })
    }

    /// The rows that satisfy the conditions, which are of one partition key.
    ///
    /// - Throws: `ValidationException` where the conditions are not of this key.
    func extent(of key: KeySchema, isForward: Bool) throws -> RowRange.Extent {
        for part in key.hash where clauses[part.name] == nil {
            throw missed(part)
        }
        guard clauses.count <= key.parts.count else {
            throw AWSError.validation(
                "The number of query conditions (\(clauses.count)) exceeds the number of key "
                    + "attributes defined in the schema (\(key.parts.count))")
        }
        // Conditions on the sort key's attributes are those on the first of them.
        let ranges = key.range.prefix(clauses.count - key.hash.count)
        for part in ranges where clauses[part.name] == nil { throw missed(part) }
        for part in key.hash + ranges { try check(part) }
        var hash: [UInt8] = []
        for part in key.hash {
            guard let clause = clauses[part.name], clause.test == .equal else {
                throw AWSError.validation("Query key condition not supported")
            }
            KeyEncoding.append(clause.values[0], to: &hash)
        }
        let (lower, upper) = try bounds(Array(ranges))
        return .partition(hash: hash, lower: lower, upper: upper, isForward: isForward)
    }

    /// The first sort key's bytes, and the first after all of them.
    private func bounds(_ parts: [KeySchema.Part]) throws -> ([UInt8], [UInt8]) {
        var prefix: [UInt8] = []
        for (position, part) in parts.enumerated() {
            guard let clause = clauses[part.name] else { continue }
            if clause.test == .equal {
                KeyEncoding.append(clause.values[0], to: &prefix)
                continue
            }
            guard position == parts.count - 1 else {
                throw AWSError.validation("Query key condition not supported")
            }
            return bounds(clause, after: prefix)
        }
        return (prefix, RowRange.successor(of: prefix))
    }

    private func bounds(_ clause: KeyClause, after prefix: [UInt8]) -> ([UInt8], [UInt8]) {
        let end = RowRange.successor(of: prefix)
        let value = clause.values[0]
        func bytes(_ value: AttributeValue) -> [UInt8] { prefix + KeyEncoding.bytes(value) }
        func next(_ value: AttributeValue) -> [UInt8] { RowRange.successor(of: bytes(value)) }
        switch clause.test {
        case .equal: return (bytes(value), next(value))
        case .less: return (prefix, bytes(value))
        case .lessOrEqual: return (prefix, next(value))
        case .greater: return (next(value), end)
        case .greaterOrEqual: return (bytes(value), end)
        case .between: return (bytes(value), next(clause.values[1]))
        case .beginsWith:
            let start = prefix + KeyEncoding.prefix(value)
            return (start, RowRange.successor(of: start))
        }
    }

    private func check(_ part: KeySchema.Part) throws {
        if clauses[part.name]?.test == .beginsWith, part.type == .number {
            throw AWSError.validation("Query key condition not supported")
        }
        for value in clauses[part.name]?.values ?? [] {
            guard value.type == part.type.attributeType else {
                throw Failure.invalidParameters(
                    "Condition parameter type does not match schema type")
            }
            if case .string("") = value {
                throw AWSError.validation(
                    "One or more parameter values are not valid. The AttributeValue for a key "
                        + "attribute cannot contain an empty string value. Key: \(part.name)")
            }
        }
    }

    private func missed(_ part: KeySchema.Part) -> AWSError {
        AWSError.validation("Query condition missed key schema element: \(part.name)")
    }
}
