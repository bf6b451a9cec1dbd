import DynamoDBValues
import Wire

/// What a query says of the attributes of a key.
struct KeyConditions: Sendable {
    /// What is said of one attribute.
    enum Test: Sendable, Hashable {
        case equal(AttributeValue)
        case less(AttributeValue)
        case lessOrEqual(AttributeValue)
        case greater(AttributeValue)
        case greaterOrEqual(AttributeValue)
        case between(AttributeValue, AttributeValue)
        case beginsWith(AttributeValue)

        var values: [AttributeValue] {
            switch self {
            case .equal(let value), .less(let value), .lessOrEqual(let value),
                .greater(let value), .greaterOrEqual(let value), .beginsWith(let value):
                [value]
            case .between(let lower, let upper): [lower, upper]
            }
        }
    }

    /// The tests by the attributes' names.
    let tests: [String: Test]

    /// The rows that satisfy the conditions, which are of one partition key.
    ///
    /// - Throws: `ValidationException` where the conditions are not of this key.
    func extent(of key: KeySchema, isForward: Bool) throws -> RowRange.Extent {
        for part in key.hash where tests[part.name] == nil {
            throw missed(part)
        }
        guard tests.count <= key.parts.count else {
            throw AWSError.validation(
                "The number of query conditions (\(tests.count)) exceeds the number of key "
                    + "attributes defined in the schema (\(key.parts.count))")
        }
        // Conditions on the sort key's attributes are those on the first of them.
        let ranges = key.range.prefix(tests.count - key.hash.count)
        for part in ranges where tests[part.name] == nil { throw missed(part) }
        for part in key.hash + ranges { try check(part) }
        var hash: [UInt8] = []
        for part in key.hash {
            guard case .equal(let value)? = tests[part.name] else {
                throw AWSError.validation("Query key condition not supported")
            }
            KeyEncoding.append(value, to: &hash)
        }
        let (lower, upper) = try bounds(Array(ranges))
        return .partition(hash: hash, lower: lower, upper: upper, isForward: isForward)
    }

    /// The first sort key's bytes, and the first after all of them.
    private func bounds(_ parts: [KeySchema.Part]) throws -> ([UInt8], [UInt8]) {
        var prefix: [UInt8] = []
        for (position, part) in parts.enumerated() {
            guard let test = tests[part.name] else { continue }
            if case .equal(let value) = test {
                KeyEncoding.append(value, to: &prefix)
                continue
            }
            guard position == parts.count - 1 else {
                throw AWSError.validation("Query key condition not supported")
            }
            return bounds(test, after: prefix)
        }
        return (prefix, RowRange.successor(of: prefix))
    }

    private func bounds(_ test: Test, after prefix: [UInt8]) -> ([UInt8], [UInt8]) {
        let end = RowRange.successor(of: prefix)
        func bytes(_ value: AttributeValue) -> [UInt8] { prefix + KeyEncoding.bytes(value) }
        func next(_ value: AttributeValue) -> [UInt8] { RowRange.successor(of: bytes(value)) }
        switch test {
        case .equal(let value): return (bytes(value), next(value))
        case .less(let value): return (prefix, bytes(value))
        case .lessOrEqual(let value): return (prefix, next(value))
        case .greater(let value): return (next(value), end)
        case .greaterOrEqual(let value): return (bytes(value), end)
        case .between(let lower, let upper): return (bytes(lower), next(upper))
        case .beginsWith(let value):
            let start = prefix + KeyEncoding.prefix(value)
            return (start, RowRange.successor(of: start))
        }
    }

    private func check(_ part: KeySchema.Part) throws {
        for value in tests[part.name]?.values ?? [] {
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
