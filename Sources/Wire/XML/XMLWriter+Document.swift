extension XMLWriter {
    /// Writes a value of no fixed shape as an element: an object's members as elements, sorted by
    /// name, an array's elements as `member`.
    mutating func element(_ name: String, _ value: Document) {
        switch value {
        case .null: break
        case .boolean(let value): element(name, value ? "true" : "false")
        case .integer(let value): element(name, String(value))
        case .number(let value): element(name, DoubleText.text(of: value))
        case .string(let value): element(name, value)
        case .array(let values):
            start(name)
            for value in values { element("member", value) }
            end(name)
        case .object(let members):
            start(name)
            elements(members)
            end(name)
        }
    }

    /// Writes the members of an object as elements, sorted by name.
    mutating func elements(_ members: [String: Document]) {
        for (name, value) in members.sorted(by: { $0.key < $1.key }) { element(name, value) }
    }
}
