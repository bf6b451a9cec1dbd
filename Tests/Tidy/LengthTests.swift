import Testing

@Suite("Lengths")
struct LengthTests {
    /// A file that wants to grow past 400 lines is telling something; past this it fails.
    private static let maximumLines = 700
    private static let maximumFunctionLines = 100
    private static let maximumColumns = 140

    @Test("no file is longer than one can hold in mind")
    func fileLength() {
        for file in SourceTree.files(in: "Sources", "Support", "Tests")
        where file.lines.count > Self.maximumLines {
            Issue.record("\(file.path) has \(file.lines.count) lines")
        }
    }

    @Test("no line is wider than a reader's window")
    func lineWidth() {
        for file in SourceTree.files(in: "Sources", "Support") {
            for (index, line) in file.lines.enumerated() where line.count > Self.maximumColumns {
                Issue.record("\(file.path):\(index + 1) has \(line.count) columns")
            }
        }
    }

    @Test("no function is longer than a screen or two")
    func functionLength() {
        for file in SourceTree.files(in: "Sources", "Support") {
            var open: (line: Int, indent: Int)?
            for (number, text) in file.code {
                let indent = text.prefix { $0 == " " }.count
                let trimmed = text.dropFirst(indent)
                if open == nil, trimmed.contains("func "), trimmed.hasSuffix("{") {
                    open = (number, indent)
                } else if let start = open, indent == start.indent, trimmed.hasPrefix("}") {
                    if number - start.line > Self.maximumFunctionLines {
                        Issue.record("\(file.path):\(start.line) is \(number - start.line) lines")
                    }
                    open = nil
                }
            }
        }
    }
}
