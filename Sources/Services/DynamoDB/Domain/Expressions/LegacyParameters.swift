import DynamoDBModel
import DynamoDBValues
import Wire

/// The parameters that expressions replace, in the terms of expressions.
///
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html
struct LegacyParameters {
    private let layer: ValidationLayer

    /// - Parameter layer: how the operation words what it refuses.
    init(_ layer: ValidationLayer) { self.layer = layer }

    /// `AttributesToGet`; `nil` where it is not there.
    ///
    /// - Throws: `ValidationException`.
    func projection(_ attributes: [String]?) throws -> ProjectionExpression? {
        guard let attributes else { return nil }
        var seen: Set<String> = []
        for name in attributes where !seen.insert(name).inserted {
            throw invalid("Duplicate value in attribute name: \(name)")
        }
        return ProjectionExpression(paths: attributes.map { DocumentPath($0) })
    }

    /// `Expected`; `nil` where it is not there.
    ///
    /// - Throws: `ValidationException`.
    func expected(
        _ expected: [String: ExpectedAttributeValue]?, _ conditionalOperator: String?
    ) throws -> ConditionExpression? {
        let conditions = try (expected ?? [:]).sorted { $0.key < $1.key }.map {
            try self.expected($0.key, $0.value)
        }
        return try combined(conditions, conditionalOperator)
    }

    /// `QueryFilter` and `ScanFilter`; `nil` where neither is there.
    ///
    /// - Throws: `ValidationException`.
    func filter(
        _ filter: [String: Condition]?, _ conditionalOperator: String?
    ) throws -> ConditionExpression? {
        let conditions = try (filter ?? [:]).sorted { $0.key < $1.key }.map {
            try condition(
                $0.key, $0.value.comparisonOperator, $0.value.attributeValueList ?? [])
        }
        return try combined(conditions, conditionalOperator)
    }

    /// `KeyConditions`.
    ///
    /// - Throws: `ValidationException`.
    func keyClauses(_ conditions: [String: Condition]) throws -> [KeyClause] {
        guard !conditions.isEmpty else {
            throw layer.error("Conditions can be of length 1 or 2 only")
        }
        return try conditions.sorted { $0.key < $1.key }.map { name, condition in
            let values = condition.attributeValueList ?? []
            try check(values, of: condition.comparisonOperator)
            let tests: [String: KeyClause.Operator] = [
                "EQ": .equal, "LT": .less, "LE": .lessOrEqual, "GT": .greater,
                "GE": .greaterOrEqual, "BETWEEN": .between, "BEGINS_WITH": .beginsWith,
            ]
            guard let test = tests[condition.comparisonOperator] else {
                throw layer.error(
                    "Attempted conditional constraint is not an indexable operation")
            }
            return KeyClause(attribute: name, test: test, values: values)
        }
    }

    /// `AttributeUpdates`; an update without any does nothing.
    ///
    /// - Throws: `ValidationException`.
    func update(_ updates: [String: AttributeValueUpdate]?) throws -> UpdateExpression {
        let actions = try (updates ?? [:]).sorted { $0.key < $1.key }.map {
            try action($0.key, $0.value)
        }
        return UpdateExpression(actions: actions)
    }

    private func action(
        _ name: String, _ update: AttributeValueUpdate
    ) throws -> UpdateExpression.Action {
        let path = DocumentPath(name)
        guard let value = update.value else {
            guard update.action == "DELETE" else {
                throw invalid("Only DELETE action is allowed when no attribute value is specified")
            }
            return .remove(path)
        }
        let isSet = [.stringSet, .numberSet, .binarySet].contains(value.type)
        switch update.action {
        case "ADD":
            guard isSet || value.type == .number || value.type == .list else {
                throw invalid("ADD action is not supported for the type \(value.type.rawValue)")
            }
            return .add(path, value)
        case "DELETE":
            guard isSet else {
                throw invalid(
                    "DELETE action with value is not supported for the type \(value.type.rawValue)")
            }
            return .delete(path, value)
        default: return .set(path, .value(value))
        }
    }

    // MARK: - Conditions

    private func combined(
        _ conditions: [ConditionExpression], _ conditionalOperator: String?
    ) throws -> ConditionExpression? {
        if conditionalOperator != nil {
            guard !conditions.isEmpty else {
                throw invalid("ConditionalOperator cannot be used without Filter or Expected")
            }
            guard conditions.count > 1 else {
                throw invalid(
                    "ConditionalOperator can only be used when Filter or Expected has two or more elements"
                )
            }
        }
        guard conditions.count > 1 else { return conditions.first }
        return conditionalOperator == "OR" ? .or(conditions) : .and(conditions)
    }

    private func expected(
        _ name: String, _ expected: ExpectedAttributeValue
    ) throws -> ConditionExpression {
        let suffix = "for Attribute: \(name)"
        if expected.value != nil, expected.attributeValueList != nil {
            throw invalid("Value and AttributeValueList cannot be used together \(suffix)")
        }
        if let comparison = expected.comparisonOperator {
            guard expected.exists == nil else {
                throw invalid("Exists and ComparisonOperator cannot be used together \(suffix)")
            }
            let takesNothing = comparison == "NULL" || comparison == "NOT_NULL"
            if expected.value == nil, expected.attributeValueList == nil, !takesNothing {
                throw invalid(
                    "Value or AttributeValueList must be used with ComparisonOperator: \(comparison) \(suffix)"
                )
            }
            return try condition(
                name, comparison, expected.attributeValueList ?? expected.value.map { [$0] } ?? [])
        }
        guard expected.attributeValueList == nil else {
            throw invalid("AttributeValueList can only be used with a ComparisonOperator \(suffix)")
        }
        if expected.exists == false {
            guard expected.value == nil else {
                throw invalid("Value cannot be used when Exists is set to false \(suffix)")
            }
            return .not(.exists(DocumentPath(name)))
        }
        guard let value = expected.value else {
            let shown = expected.exists == nil ? "null" : "true"
            throw invalid("Value must be provided when Exists is \(shown) \(suffix)")
        }
        return .comparison(.equal, .path(DocumentPath(name)), .value(value))
    }

    private func condition(
        _ name: String, _ comparison: String, _ values: [AttributeValue]
    ) throws -> ConditionExpression {
        try check(values, of: comparison)
        let path = DocumentPath(name)
        func compare(_ comparator: ConditionExpression.Comparator) -> ConditionExpression {
            .comparison(comparator, .path(path), .value(values[0]))
        }
        switch comparison {
        case "EQ": return compare(.equal)
        case "NE": return compare(.notEqual)
        case "LT": return compare(.less)
        case "LE": return compare(.lessOrEqual)
        case "GT": return compare(.greater)
        case "GE": return compare(.greaterOrEqual)
        case "NOT_NULL": return .exists(path)
        case "NULL": return .not(.exists(path))
        case "CONTAINS": return .contains(.path(path), .value(values[0]))
        case "NOT_CONTAINS": return .not(.contains(.path(path), .value(values[0])))
        case "BEGINS_WITH": return .beginsWith(.path(path), .value(values[0]))
        case "IN": return .membership(.path(path), values.map { .value($0) })
        default:
            return .between(.path(path), lower: .value(values[0]), upper: .value(values[1]))
        }
    }

    /// Checks the number and types of a comparison's values.
    private func check(_ values: [AttributeValue], of comparison: String) throws {
        let counts: ClosedRange<Int> =
            switch comparison {
            case "NULL", "NOT_NULL": 0...0
            case "BETWEEN": 2...2
            case "IN": 1...Int.max
            default: 1...1
            }
        guard counts.contains(values.count) else {
            throw invalid("Invalid number of argument(s) for the \(comparison) ComparisonOperator")
        }
        let types: Set<AttributeType>
        switch comparison {
        case "LT", "LE", "GT", "GE", "BETWEEN", "IN": types = [.string, .number, .binary]
        case "BEGINS_WITH": types = [.string, .binary]
        case "CONTAINS", "NOT_CONTAINS":
            types = [.string, .number, .binary, .boolean, .null, .list, .map]
        default: types = Set(AttributeType.allCases)
        }
        for value in values where !types.contains(value.type) {
            throw invalid(
                "ComparisonOperator \(comparison) is not valid for \(value.type.rawValue) AttributeValue type"
            )
        }
        guard Set(values.map(\.type)).count <= 1 else {
            throw invalid("AttributeValues inside AttributeValueList must be of same type")
        }
        if comparison == "BETWEEN", AttributeValue.precedes(values[1], values[0]) == true {
            throw layer.error(
                "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound"
            )
        }
    }

    private func invalid(_ message: String) -> AWSError {
        layer.error("One or more parameter values were invalid: \(message)")
    }
}
