import DynamoDBValues

/// A condition or filter, with its placeholders replaced.
///
/// Named after what DynamoDB calls it; the model's `Condition` is a legacy parameter.
indirect enum ConditionExpression: Hashable, Sendable {
    case comparison(Comparator, Operand, Operand)
    case between(Operand, lower: Operand, upper: Operand)
    case membership(Operand, [Operand])
    case exists(DocumentPath)
    case hasType(Operand, AttributeType)
    case beginsWith(Operand, Operand)
    case contains(Operand, Operand)
    case and([ConditionExpression])
    case or([ConditionExpression])
    case not(ConditionExpression)

    /// The comparators of conditions.
    enum Comparator: String, Sendable {
        case equal = "="
        case notEqual = "<>"
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="

        /// The comparator that says the same of the operands in the other order.
        var reversed: Comparator {
            switch self {
            case .equal, .notEqual: self
            case .less: .greater
            case .lessOrEqual: .greaterOrEqual
            case .greater: .less
            case .greaterOrEqual: .lessOrEqual
            }
        }
    }
}

/// What a condition compares.
indirect enum Operand: Hashable, Sendable {
    case path(DocumentPath)
    case value(AttributeValue)
    case size(Operand)
}

extension ConditionExpression {
    /// Whether an item satisfies the condition; an item that does not exist has no attributes.
    func holds(for item: some AttributeSource) -> Bool {
        switch self {
        case .comparison(let comparator, let left, let right):
            comparator.holds(left.value(in: item), right.value(in: item))
        case .between(let operand, let lower, let upper):
            Self.isBetween(
                operand.value(in: item), lower.value(in: item), upper.value(in: item))
        case .membership(let operand, let members):
            if let value = operand.value(in: item) {
                members.contains { $0.value(in: item) == value }
            } else {
                false
            }
        case .exists(let path): item.value(at: path) != nil
        case .hasType(let operand, let type): operand.value(in: item)?.type == type
        case .beginsWith(let operand, let prefix):
            operand.value(in: item)?.begins(with: prefix.value(in: item)) ?? false
        case .contains(let operand, let member):
            operand.value(in: item)?.contains(member.value(in: item)) ?? false
        case .and(let conditions): conditions.allSatisfy { $0.holds(for: item) }
        case .or(let conditions): conditions.contains { $0.holds(for: item) }
        case .not(let condition): !condition.holds(for: item)
        }
    }

    private static func isBetween(
        _ value: AttributeValue?, _ lower: AttributeValue?, _ upper: AttributeValue?
    ) -> Bool {
        Comparator.greaterOrEqual.holds(value, lower) && Comparator.lessOrEqual.holds(value, upper)
    }

    /// The paths that the condition looks at.
    var paths: [DocumentPath] {
        switch self {
        case .comparison(_, let left, let right), .beginsWith(let left, let right),
            .contains(let left, let right):
            left.paths + right.paths
        case .between(let operand, let lower, let upper):
            operand.paths + lower.paths + upper.paths
        case .membership(let operand, let members): operand.paths + members.flatMap(\.paths)
        case .exists(let path): [path]
        case .hasType(let operand, _): operand.paths
        case .and(let conditions), .or(let conditions): conditions.flatMap(\.paths)
        case .not(let condition): condition.paths
        }
    }
}

extension Operand {
    /// The operand's value for an item; `nil` where it has none.
    func value(in item: some AttributeSource) -> AttributeValue? {
        switch self {
        case .path(let path): item.value(at: path)
        case .value(let value): value
        case .size(let operand):
            operand.value(in: item)?.elementCount.map { .number(DynamoDBNumber($0)) }
        }
    }

    var paths: [DocumentPath] {
        switch self {
        case .path(let path): [path]
        case .value: []
        case .size(let operand): operand.paths
        }
    }
}

extension ConditionExpression.Comparator {
    /// Whether the comparison holds; what is not there is equal to nothing and in no order.
    func holds(_ left: AttributeValue?, _ right: AttributeValue?) -> Bool {
        switch self {
        case .equal:
            if let left, let right { left == right } else { false }
        case .notEqual: !Self.equal.holds(left, right)
        case .less: AttributeValue.precedes(left, right) ?? false
        case .greater: AttributeValue.precedes(right, left) ?? false
        case .lessOrEqual: AttributeValue.precedes(right, left).map { !$0 } ?? false
        case .greaterOrEqual: AttributeValue.precedes(left, right).map { !$0 } ?? false
        }
    }
}

extension AttributeValue {
    /// Whether one value comes before another one; `nil` where there is no order between them.
    static func precedes(_ left: AttributeValue?, _ right: AttributeValue?) -> Bool? {
        switch (left, right) {
        case (.string(let left), .string(let right)): left.precedesByBytes(right)
        case (.number(let left), .number(let right)): left < right
        case (.binary(let left), .binary(let right)): left.lexicographicallyPrecedes(right)
        default: nil
        }
    }

    /// What `size` says: characters as UTF-16 counts them, bytes, or elements; `nil` for values without a size.
    var elementCount: Int? {
        switch self {
        case .string(let value): value.utf16.count
        case .binary(let value): value.count
        case .list(let values): values.count
        case .map(let map): map.count
        case .stringSet(let values): values.count
        case .numberSet(let values): values.count
        case .binarySet(let values): values.count
        case .number, .boolean, .null: nil
        }
    }

    func begins(with prefix: AttributeValue?) -> Bool {
        switch (self, prefix) {
        case (.string(let value), .string(let prefix)): value.utf8.starts(with: prefix.utf8)
        case (.binary(let value), .binary(let prefix)): value.starts(with: prefix)
        default: false
        }
    }

    /// Whether this is a text or binary with such a part, or a set or list with such a member.
    func contains(_ member: AttributeValue?) -> Bool {
        switch (self, member) {
        case (.string(let value), .string(let part)):
            Array(value.utf8).containsRun(Array(part.utf8))
        case (.binary(let value), .binary(let part)): value.containsRun(part)
        case (.stringSet(let values), .string(let value)):
            values.contains { $0.equalsByBytes(value) }
        case (.numberSet(let values), .number(let value)): values.contains(value)
        case (.binarySet(let values), .binary(let value)): values.contains(value)
        case (.list(let values), let value?): values.contains(value)
        default: false
        }
    }
}

extension [UInt8] {
    /// Whether `run` stands somewhere in the bytes, found without ever going back (Knuth, Morris and Pratt, 1977).
    fileprivate func containsRun(_ run: [UInt8]) -> Bool {
        guard !run.isEmpty, run.count <= count else { return run.isEmpty }
        var borders = [Int](repeating: 0, count: run.count)
        var length = 0
        for index in run.indices.dropFirst() {
            while length > 0, run[index] != run[length] { length = borders[length - 1] }
            if run[index] == run[length] { length += 1 }
            borders[index] = length
        }
        length = 0
        for byte in self {
            while length > 0, byte != run[length] { length = borders[length - 1] }
            if byte == run[length] { length += 1 }
            if length == run.count { return true }
        }
        return false
    }
}
