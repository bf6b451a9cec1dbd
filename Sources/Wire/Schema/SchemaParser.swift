/// Reads the compact schema text that `modelgen` writes.
///
/// A line is a shape or an operation; its fields are parted by tabs:
///
///     <kind> <name> <attributes> <member> …         a shape; its position is its line
///     o <name> <method> <uri> <input> <output> <attributes>
///     n <name> <method> <uri>                       an operation that is not served
///
/// A member is `name;target;attributes`. Attributes are `key=value` or `key`, parted by commas. In
/// every field, the characters that part fields, and the percent sign, are written as `%XX`.
struct SchemaParser {
    private(set) var shapes: [Shape] = []
    private(set) var operations: [OperationSchema] = []
    private(set) var unserved: [OperationSchema] = []

    /// The text is made by our own tool, so an error in it is a mistake of ours and traps.
    init(_ text: UnsafeBufferPointer<UInt8>) {
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            switch fields[0] {
            case "o":
                operations.append(
                    OperationSchema(
                        name: fields[1], method: fields[2], uri: Self.unescape(fields[3]),
                        input: Int(fields[4]), output: Int(fields[5]),
                        attributes: SchemaAttributes(fields[6])))
            case "n":
                unserved.append(
                    OperationSchema(
                        name: fields[1], method: fields[2], uri: Self.unescape(fields[3]),
                        input: nil, output: nil, attributes: SchemaAttributes("")))
            default:
                shapes.append(Self.shape(fields))
            }
        }
    }

    private static func shape(_ fields: [String]) -> Shape {
        guard let kind = Shape.Kind(rawValue: Character(fields[0])) else {
            preconditionFailure("unknown kind of shape: \(fields[0])")
        }
        let members: [Member] = fields.dropFirst(3).map { field in
            let parts = field.split(separator: ";", omittingEmptySubsequences: false)
            guard parts.count == 3, let target = Int(parts[1]) else {
                preconditionFailure("malformed member: \(field)")
            }
            return Member(
                name: String(parts[0]), target: target, attributes: SchemaAttributes(parts[2]))
        }
        return Shape(
            kind: kind, name: fields[1], members: members, attributes: SchemaAttributes(fields[2]))
    }

    static func unescape(_ text: some StringProtocol) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        var bytes: [UInt8] = []
        var rest = Substring(text).utf8
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(Substring(rest.prefix(2)), radix: 16) {
                bytes.append(value)
                rest.removeFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// The attributes of a line of schema text.
struct SchemaAttributes {
    private var values: [Substring: Substring] = [:]

    init(_ text: some StringProtocol) {
        for attribute in Substring(text).split(separator: ",") {
            let parts = attribute.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            values[parts[0]] = parts.count == 2 ? parts[1] : ""
        }
    }

    subscript(key: Substring) -> String? { values[key].map { SchemaParser.unescape($0) } }

    func has(_ key: Substring) -> Bool { values[key] != nil }

    func list(_ key: Substring) -> [String] {
        guard let value = values[key] else { return [] }
        return value.split(separator: "|").map { SchemaParser.unescape($0) }
    }
}
