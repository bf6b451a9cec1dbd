import Glibc
import Wire

/// Standard output and standard error, and how they should look.
enum Output {
    /// What a text stands for, where a person watches.
    enum Style: String {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
    }

    /// Whether standard output is a terminal that wants colours (<https://no-color.org>).
    static let isColourful = isatty(STDOUT_FILENO) == 1 && wantsColours
    /// Whether a person watches standard error, and so the progress.
    static let showsProgress = isatty(STDERR_FILENO) == 1

    private static let wantsColours =
        Environment.value("NO_COLOR") == nil && Environment.value("TERM") != "dumb"

    /// Writes a line to standard output at once.
    static func line(_ text: String = "") {
        write(Array(text.utf8) + [UInt8(ascii: "\n")], to: STDOUT_FILENO)
    }

    /// Writes a JSON document, and a line's end.
    static func json(_ document: Document) {
        write(document.json() + [UInt8(ascii: "\n")], to: STDOUT_FILENO)
    }

    /// Tells a person who watches what is being done.
    static func progress(_ text: String) {
        if showsProgress { note(text) }
    }

    /// Writes a line to standard error.
    static func note(_ text: String) {
        write(Array(text.utf8) + [UInt8(ascii: "\n")], to: STDERR_FILENO)
    }

    /// The text in a style where the terminal shows styles.
    static func styled(_ text: String, _ style: Style) -> String {
        isColourful ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// Columns as wide as their widest cell. The first row is the head.
    static func table(_ rows: [[String]]) {
        guard let head = rows.first else { return }
        let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        for (number, row) in rows.enumerated() {
            let cells = zip(row, widths).enumerated().map { column, cell in
                let isLast = column == head.count - 1
                return isLast
                    ? cell.0 : cell.0 + String(repeating: " ", count: cell.1 - cell.0.count)
            }
            let text = cells.joined(separator: "  ")
            line(number == 0 ? styled(text, .bold) : text)
        }
    }

    private static func write(_ bytes: [UInt8], to file: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            // Nobody reads any more: there is nothing left to say.
            guard count > 0 else { exit(1) }
            rest = rest.dropFirst(count)
        }
    }
}
