import Wire

/// A part of a pattern.
indirect enum PatternNode: Sendable {
    /// Every member matches, and of each list of alternatives at least one.
    case object(members: [(key: String, node: PatternNode)], alternatives: [[PatternNode]])
    /// At least one of these matches.
    case leaf([PatternMatcher])

    /// Whether the value at this place matches; `nil` is a value that is not there.
    func matches(_ value: Document?) -> Bool {
        switch self {
        case .leaf(let matchers):
            return matchers.contains { $0.matches(at: value) }
        case .object(let members, let alternatives):
            // An array matches where one of its elements does: the same element for all members.
            if case .array(let elements)? = value {
                return elements.contains { matches($0) }
            }
            return members.allSatisfy { $0.node.matches(value?[$0.key]) }
                && alternatives.allSatisfy { $0.contains { $0.matches(value) } }
        }
    }
}
