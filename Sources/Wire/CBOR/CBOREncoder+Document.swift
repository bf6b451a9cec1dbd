extension CBOREncoder {
    /// Writes a value of no fixed shape, an object's members sorted by name.
    mutating func document(_ value: Document) {
        switch value {
        case .null: null()
        case .boolean(let value): boolean(value)
        case .integer(let value): integer(value)
        case .number(let value): float(value)
        case .string(let value): text(value)
        case .array(let values):
            beginArray(count: values.count)
            for value in values { document(value) }
        case .object(let members):
            beginMap(count: members.count)
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                text(name)
                document(value)
            }
        }
    }

    /// Writes what an error says, without its code.
    mutating func error(_ error: AWSError, type: String?) {
        var members = error.fields
        members[error.messageKey] = .string(error.message)
        if let type { members["__type"] = .string(type) }
        document(.object(members))
    }
}
