import Wire

/// Reads patterns.
struct PatternParser {
    /// How deep a pattern may nest, so that none can exhaust the stack.
    private static let greatestDepth = 50
    /// Alternatives of `$or` that a pattern may come to, multiplied (eb-create-pattern-operators.html).
    private static let greatestCombinations = 1_000
    /// Numbers are compared within this (eb-create-pattern-operators.html).
    private static let numbers = -5e9...5e9

    private var combinations = 1

    /// Reads the members of an object.
    mutating func object(
        _ members: [String: Document], depth: Int
    ) throws(EventPatternError) -> PatternNode {
        guard !members.isEmpty else { throw EventPatternError("Empty objects are not allowed") }
        guard depth < Self.greatestDepth else { throw EventPatternError("Too deeply nested") }
        var nodes: [(key: String, node: PatternNode)] = []
        var alternatives: [[PatternNode]] = []
        for (key, value) in members.sorted(by: { $0.key < $1.key }) {
            if key == "$or", case .array(let choices) = value, Self.areObjects(choices) {
                alternatives.append(try self.alternatives(choices, depth: depth))
                continue
            }
            switch value {
            case .object(let inner):
                nodes.append((key, try object(inner, depth: depth + 1)))
            case .array(let elements):
                nodes.append((key, try leaf(elements, of: key)))
            default:
                throw EventPatternError(
                    "\"\(key)\" must be an object or an array")
            }
        }
        return .object(members: nodes, alternatives: alternatives)
    }

    private static func areObjects(_ choices: [Document]) -> Bool {
        choices.count >= 2
            && choices.allSatisfy { choice in
                if case .object = choice { true } else { false }
            }
    }

    private mutating func alternatives(
        _ choices: [Document], depth: Int
    ) throws(EventPatternError) -> [PatternNode] {
        combinations *= choices.count
        guard combinations <= Self.greatestCombinations else {
            throw EventPatternError("Rule generated too many $or combinations")
        }
        var nodes: [PatternNode] = []
        for case .object(let members) in choices {
            nodes.append(try object(members, depth: depth + 1))
        }
        return nodes
    }

    private func leaf(
        _ elements: [Document], of key: String
    ) throws(EventPatternError) -> PatternNode {
        guard !elements.isEmpty else { throw EventPatternError("Empty arrays are not allowed") }
        var matchers: [PatternMatcher] = []
        for element in elements {
            switch element {
            case .object(let members): matchers.append(try matcher(members))
            case .array: throw EventPatternError("\"\(key)\" must not have an array in its array")
            default: matchers.append(.equals(element))
            }
        }
        return .leaf(matchers)
    }

    /// Reads what stands in an object within an array: one operator.
    private func matcher(
        _ members: [String: Document]
    ) throws(EventPatternError) -> PatternMatcher {
        guard members.count == 1, let (name, value) = members.first else {
            throw EventPatternError("Only one key allowed in match expression")
        }
        switch name {
        case "exists":
            guard let exists = value.booleanValue else {
                throw EventPatternError("exists match pattern must be either true or false.")
            }
            return .exists(exists)
        case "numeric": return .numeric(try bounds(value))
        case "cidr":
            guard let range = value.stringValue.flatMap(AddressRange.init) else {
                throw EventPatternError("prefix/cidr must be a valid range")
            }
            return .cidr(range)
        case "anything-but": return .anythingBut(try exceptions(value))
        default: return try textual(name, value)
        }
    }

    /// Reads an operator on text.
    private func textual(
        _ name: String, _ value: Document
    ) throws(EventPatternError) -> PatternMatcher {
        if name == "prefix" || name == "suffix" {
            var text = value.stringValue
            var ignoresCase = false
            if case .object(let inner) = value, inner.count == 1,
                let inner = inner["equals-ignore-case"]?.stringValue
            {
                (text, ignoresCase) = (inner.lowercased(), true)
            }
            guard let text else {
                throw EventPatternError("\(name) match pattern must be a string")
            }
            let bytes = Array(text.utf8)
            return name == "prefix"
                ? .prefix(bytes, ignoresCase: ignoresCase)
                : .suffix(bytes, ignoresCase: ignoresCase)
        }
        guard name == "equals-ignore-case" || name == "wildcard" else {
            throw EventPatternError("Unrecognized match type \(name)")
        }
        guard let text = value.stringValue else {
            throw EventPatternError("\(name) match pattern must be a string")
        }
        guard name == "wildcard" else { return .equalsIgnoringCase(text.lowercased()) }
        guard let wildcard = Wildcard(text) else {
            throw EventPatternError(
                "Consecutive wildcard characters, or an invalid escape, in \(text)")
        }
        return .wildcard(wildcard)
    }

    private func exceptions(_ value: Document) throws(EventPatternError) -> [PatternMatcher] {
        switch value {
        case .array(let elements):
            guard !elements.isEmpty else { throw Self.badException }
            var matchers: [PatternMatcher] = []
            for element in elements {
                switch element {
                case .string, .integer, .number, .boolean, .null: matchers.append(.equals(element))
                default: throw Self.badException
                }
            }
            return matchers
        case .object(let members):
            guard members.count == 1, let (name, inner) = members.first else {
                throw Self.badException
            }
            guard case .array(let elements) = inner else { return [try textual(name, inner)] }
            guard !elements.isEmpty else { throw Self.badException }
            var matchers: [PatternMatcher] = []
            for element in elements { matchers.append(try textual(name, element)) }
            return matchers
        default:
            return [.equals(value)]
        }
    }

    private static let badException = EventPatternError(
        "anything-but takes a value, a list of values, or one operator on text.")

    private func bounds(_ value: Document) throws(EventPatternError) -> [NumericBound] {
        guard case .array(let elements) = value, [2, 4].contains(elements.count) else {
            throw EventPatternError("Value of numeric must be an array of comparisons.")
        }
        var bounds: [NumericBound] = []
        for index in stride(from: 0, to: elements.count, by: 2) {
            guard let name = elements[index].stringValue,
                let comparison = NumericBound.Comparison(rawValue: name)
            else { throw EventPatternError("Unrecognized numeric range operator") }
            let number: Double
            switch elements[index + 1] {
            case .integer(let value): number = Double(value)
            case .number(let value): number = value
            default: throw EventPatternError("Value of \(name) must be numeric")
            }
            guard Self.numbers.contains(number) else {
                throw EventPatternError("Value of \(name) must be within the range of numbers")
            }
            bounds.append(NumericBound(comparison: comparison, value: number))
        }
        return bounds
    }
}
