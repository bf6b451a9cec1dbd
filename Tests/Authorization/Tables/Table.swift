/// A table of cases as text: a row a line, cells between bars. A line that begins with `#` gives the page of AWS's documentation
/// that the rows below it follow.
struct Table {
    struct Row: Sendable, CustomStringConvertible {
        /// The page, in the IAM User Guide where no other is named.
        let page: String
        let cells: [String]

        var description: String { "\(cells.joined(separator: " | "))  [\(page)]" }
    }

    /// The rows of `text`, of which each has `columns` cells.
    static func rows(_ text: String, columns: Int) -> [Row] {
        var page = ""
        var rows: [Row] = []
        for line in text.split(separator: "\n") {
            if line.hasPrefix("# ") {
                page = String(line.dropFirst(2))
                continue
            }
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { cell in
                String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
            precondition(cells.count == columns && !page.isEmpty, "\(line)")
            rows.append(Row(page: page, cells: cells))
        }
        return rows
    }
}
