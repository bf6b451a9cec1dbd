import Platform

/// Reads texts in which bytes stand as `%` and two digits.
enum PercentEncoding {
    /// The text that `text` stands for. What is no encoding stays as it is, and so does what is no UTF-8 in the end.
    ///
    /// - Parameter isForm: whether a plus sign is a space, as it is in queries.
    static func decode(_ text: Substring, isForm: Bool = false) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") })
        else { return String(text) }
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"),
                let value = Hexadecimal.bytes(String(decoding: rest.prefix(2), as: UTF8.self))?
                    .first
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(isForm && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
