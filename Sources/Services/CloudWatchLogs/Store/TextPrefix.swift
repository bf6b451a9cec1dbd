import Storage

/// Seeks what begins with a prefix as a range, which an index serves.
enum TextPrefix {
    /// The condition that `column` begins with `prefix`.
    static func condition(on column: String, _ prefix: String) -> (sql: String, values: [SQLValue])
    {
        guard let end = successor(of: prefix) else {
            return ("\(column) >= ?", [.text(prefix)])
        }
        return ("\(column) >= ? AND \(column) < ?", [.text(prefix), .text(end)])
    }

    /// The first text that comes after everything that begins with `prefix`; `nil` where nothing does.
    private static func successor(of prefix: String) -> String? {
        var scalars = Array(prefix.unicodeScalars)
        while let last = scalars.popLast() {
            // 0xD800 to 0xDFFF are no characters: their predecessor is followed by 0xE000.
            let following = last.value == 0xD7FF ? 0xE000 : last.value + 1
            if let scalar = Unicode.Scalar(following) {
                scalars.append(scalar)
                return String(String.UnicodeScalarView(scalars))
            }
        }
        return nil
    }
}
