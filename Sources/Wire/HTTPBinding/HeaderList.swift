/// Lists in one header: values parted by commas, in quotes where they contain one.
enum HeaderList {
    /// The values of `text`. Dates contain a comma of their own.
    static func split(_ text: String, holdsDates: Bool) -> [String] {
        var values: [String] = []
        var value: [UInt8] = []
        var (isQuoted, isEscaped, commas) = (false, false, 0)
        for byte in text.utf8 {
            if isEscaped {
                value.append(byte)
                isEscaped = false
            } else if isQuoted, byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte == UInt8(ascii: ","), !isQuoted {
                commas += 1
                if holdsDates, !commas.isMultiple(of: 2) {
                    value.append(byte)
                } else {
                    values.append(trimmed(value))
                    value = []
                }
            } else {
                value.append(byte)
            }
        }
        values.append(trimmed(value))
        return values
    }

    /// The header of `values`. Dates contain commas and have no quotes.
    static func join(_ values: [String], quotes: Bool) -> String {
        values.map { quotes ? quoted($0) : $0 }.joined(separator: ", ")
    }

    private static func quoted(_ value: String) -> String {
        guard value.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") })
        else {
            return value
        }
        let escaped = value.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
        return "\"\(String(escaped))\""
    }

    private static func trimmed(_ bytes: [UInt8]) -> String {
        let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        let start = bytes.firstIndex { !isSpace($0) } ?? bytes.endIndex
        let end = bytes.lastIndex { !isSpace($0) } ?? start - 1
        return String(decoding: bytes[start..<max(start, end + 1)], as: UTF8.self)
    }
}
