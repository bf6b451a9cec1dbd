import Wire

extension Document {
    /// An array of strings.
    init(_ strings: [String]) { self = .array(strings.map { .string($0) }) }

    /// An object of strings.
    init(_ strings: [String: String]) { self = .object(strings.mapValues { .string($0) }) }

    /// The strings of an array; `nil` where this is none.
    var strings: [String]? {
        guard case .array(let elements) = self else { return nil }
        return elements.compactMap(\.stringValue)
    }

    /// The strings of an object; `nil` where this is none.
    var stringMembers: [String: String]? {
        guard case .object(let members) = self else { return nil }
        return members.compactMapValues(\.stringValue)
    }
}
