/// A JSON text that is being written.
struct JSONOutput {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    // MARK: - Structure

    mutating func begin(_ bracket: Unicode.Scalar) {
        separate()
        bytes.append(UInt8(ascii: bracket))
        needsComma = false
    }

    mutating func end(_ bracket: Unicode.Scalar) {
        bytes.append(UInt8(ascii: bracket))
        needsComma = true
    }

    mutating func key(_ key: String) {
        string(key)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    // MARK: - Values

    /// A text that is JSON already: a number or a literal.
    mutating func literal(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
    }

    /// A value whose text `append` adds.
    mutating func value(_ append: (inout [UInt8]) -> Void) {
        separate()
        append(&bytes)
    }

    mutating func string(_ value: String) {
        separate()
        var value = value
        value.withUTF8 { JSONText.append(string: $0, to: &bytes) }
    }

    mutating func base64(_ value: [UInt8]) {
        separate()
        value.withUnsafeBufferPointer { JSONText.append(base64: $0, to: &bytes) }
    }

    /// A number, or one of the strings that stand for what is no number.
    mutating func double(_ value: Double, isFloat: Bool = false) {
        guard value.isFinite else { return string(DoubleText.text(of: value)) }
        literal(isFloat ? Float(value).description : value.description)
    }

    mutating func document(_ value: Document) {
        switch value {
        case .null: literal("null")
        case .boolean(let value): literal(value ? "true" : "false")
        case .integer(let value): literal(String(value))
        case .number(let value): double(value)
        case .string(let value): string(value)
        case .array(let elements):
            begin("[")
            for element in elements { document(element) }
            end("]")
        case .object(let members):
            begin("{")
            for (key, member) in members.sorted(by: { $0.key < $1.key }) {
                self.key(key)
                document(member)
            }
            end("}")
        }
    }
}
