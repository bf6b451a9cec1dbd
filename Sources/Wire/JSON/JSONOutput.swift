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

    mutating func string(_ value: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        var value = value
        value.withUTF8 { utf8 in
            var start = 0
            for (index, byte) in utf8.enumerated() {
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
                    continue
                }
                bytes.append(contentsOf: utf8[start..<index])
                escape(byte)
                start = index + 1
            }
            bytes.append(contentsOf: utf8[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func base64(_ value: [UInt8]) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: Base64.encodedBytes(of: value))
        bytes.append(UInt8(ascii: "\""))
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

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case ..<0x20:
            let digits = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        default: bytes.append(byte)
        }
    }
}
