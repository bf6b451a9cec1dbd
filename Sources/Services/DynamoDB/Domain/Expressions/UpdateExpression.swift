import DynamoDBValues

/// What an update does to an item.
struct UpdateExpression: Hashable, Sendable {
    /// What an update does at one path.
    enum Action: Hashable, Sendable {
        case set(DocumentPath, UpdateOperand)
        case remove(DocumentPath)
        /// Adds a number, or members to a set; with legacy parameters, elements to a list.
        case add(DocumentPath, AttributeValue)
        /// Takes members from a set.
        case delete(DocumentPath, AttributeValue)

        var path: DocumentPath {
            switch self {
            case .set(let path, _), .remove(let path), .add(let path, _), .delete(let path, _):
                path
            }
        }
    }

    let actions: [Action]

    /// What the update names: none of these paths leads through another one.
    var paths: [DocumentPath] { actions.map(\.path) }

    /// Checks that no attribute of the table's key is changed.
    ///
    /// - Throws: `ValidationException`.
    func check(keys: [String]) throws {
        for path in paths where keys.contains(where: { $0.equalsByBytes(path.root) }) {
            throw Self.invalid(
                "One or more parameter values were invalid: Cannot update attribute \(path.root). This attribute is part of the key"
            )
        }
    }

    /// The attributes after the update of those of an item.
    ///
    /// Every operand is taken from the item as it was, and indexes count as they did in it.
    ///
    /// - Throws: `ValidationException` where the update does not fit the item.
    func applied(to item: AttributeMap) throws -> AttributeMap {
        var result = item
        var removed: [DocumentPath] = []
        var assigned: [(path: DocumentPath, value: AttributeValue)] = []
        for action in actions {
            switch action {
            case .set(let path, let operand):
                assigned.append((path, try operand.value(in: item)))
            case .add(let path, let value):
                assigned.append((path, try Self.sum(item.value(at: path), value)))
            case .delete(let path, let value):
                guard let old = item.value(at: path) else { continue }
                if let rest = try Self.difference(old, value) {
                    assigned.append((path, rest))
                } else {
                    removed.append(path)
                }
            case .remove(let path): removed.append(path)
            }
        }
        // What lies beyond a list's end is added to it in the order of the indexes.
        for (path, value) in assigned.sorted(by: { $0.path.precedes($1.path) }) {
            guard path.steps.count + value.levels <= AttributeLimits.nestingLevels else {
                throw Self.invalid(
                    "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit"
                )
            }
            try result.set(value, at: path)
        }
        // From the back, so that no index moves before it was used.
        for path in removed.sorted(by: { $1.precedes($0) }) { try result.remove(path) }
        return result
    }

    /// What adding a value to what an attribute is makes of it.
    private static func sum(
        _ old: AttributeValue?, _ value: AttributeValue
    ) throws -> AttributeValue {
        switch (old, value) {
        case (nil, _): return value
        case (.number(let left), .number(let right)):
            return .number(
                try arithmetic { () throws(DynamoDBNumberError) in try left.adding(right) })
        case (.list(let left), .list(let right)): return .list(left + right)
        case (.stringSet(let left), .stringSet(let right)):
            return AttributeValue.set(of: left + right) ?? value
        case (.numberSet(let left), .numberSet(let right)):
            return AttributeValue.set(of: left + right) ?? value
        case (.binarySet(let left), .binarySet(let right)):
            return AttributeValue.set(of: left + right) ?? value
        default: throw wrongType
        }
    }

    /// What is left of a set without the members of another one; `nil` for nothing.
    private static func difference(
        _ old: AttributeValue, _ value: AttributeValue
    ) throws -> AttributeValue? {
        switch (old, value) {
        case (.stringSet(let old), .stringSet(let gone)):
            return AttributeValue.set(
                of: old.filter { member in !gone.contains { $0.equalsByBytes(member) } })
        case (.numberSet(let old), .numberSet(let gone)):
            let gone = Set(gone)
            return AttributeValue.set(of: old.filter { !gone.contains($0) })
        case (.binarySet(let old), .binarySet(let gone)):
            let gone = Set(gone)
            return AttributeValue.set(of: old.filter { !gone.contains($0) })
        default: throw wrongType
        }
    }

    /// - Throws: `ValidationException` where `compute` overflows.
    static func arithmetic(
        _ compute: () throws(DynamoDBNumberError) -> DynamoDBNumber
    ) throws -> DynamoDBNumber {
        do {
            return try compute()
        } catch {
            throw invalid(error.message)
        }
    }

    static func invalid(_ message: String) -> any Error { ValidationLayer.older.error(message) }

    static var wrongType: any Error {
        invalid("An operand in the update expression has an incorrect data type")
    }
}

/// What an update assigns.
indirect enum UpdateOperand: Hashable, Sendable {
    case value(AttributeValue)
    case path(DocumentPath)
    case ifNotExists(DocumentPath, UpdateOperand)
    case listAppend(UpdateOperand, UpdateOperand)
    case sum(UpdateOperand, UpdateOperand)
    case difference(UpdateOperand, UpdateOperand)

    /// The value for an item.
    ///
    /// - Throws: `ValidationException` where the item has not what is named, or another type.
    func value(in item: AttributeMap) throws -> AttributeValue {
        switch self {
        case .value(let value): return value
        case .path(let path):
            guard let value = item.value(at: path) else {
                throw UpdateExpression.invalid(
                    "The provided expression refers to an attribute that does not exist in the item"
                )
            }
            return value
        case .ifNotExists(let path, let fallback):
            return try item.value(at: path) ?? fallback.value(in: item)
        case .listAppend(let left, let right):
            guard case .list(let first) = try left.value(in: item),
                case .list(let second) = try right.value(in: item)
            else { throw UpdateExpression.wrongType }
            return .list(first + second)
        case .sum(let left, let right):
            let (left, right) = (try left.number(in: item), try right.number(in: item))
            return .number(
                try UpdateExpression.arithmetic { () throws(DynamoDBNumberError) in
                    try left.adding(right)
                })
        case .difference(let left, let right):
            let (left, right) = (try left.number(in: item), try right.number(in: item))
            return .number(
                try UpdateExpression.arithmetic { () throws(DynamoDBNumberError) in
                    try left.subtracting(right)
                })
        }
    }

    private func number(in item: AttributeMap) throws -> DynamoDBNumber {
        guard case .number(let number) = try value(in: item) else {
            throw UpdateExpression.wrongType
        }
        return number
    }
}

extension DocumentPath {
    /// Whether this comes before another path: in the order of indexes, where these are what differs.
    fileprivate func precedes(_ other: DocumentPath) -> Bool {
        guard root.equalsByBytes(other.root) else { return root.precedesByBytes(other.root) }
        for (left, right) in zip(steps, other.steps) where left != right {
            switch (left, right) {
            case (.index(let left), .index(let right)): return left < right
            case (.attribute(let left), .attribute(let right)): return left.precedesByBytes(right)
            case (.index, .attribute): return true
            case (.attribute, .index): return false
            }
        }
        return steps.count < other.steps.count
    }
}

extension AttributeValue {
    /// How many levels of lists and maps the value has, itself included.
    fileprivate var levels: Int {
        switch self {
        case .list(let values): 1 + (values.map(\.levels).max() ?? 0)
        case .map(let map): 1 + (map.map(\.value.levels).max() ?? 0)
        default: 1
        }
    }
}
