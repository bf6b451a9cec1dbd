import S3Model
import Wire

/// Writes what a query answers, as CSV or as JSON.
struct SelectOutput: Sendable {
    private enum Format: Sendable {
        case csv(field: String, quote: String, escape: String, isAlwaysQuoted: Bool)
        case json
    }

    private let format: Format
    private let recordDelimiter: String

    /// - Throws: `InvalidRequest`.
    init(_ output: OutputSerialization) throws {
        switch (output.csv, output.json) {
        case (let csv?, nil):
            let quote = csv.quoteCharacter ?? "\""
            format = .csv(
                field: csv.fieldDelimiter ?? ",", quote: quote,
                escape: csv.quoteEscapeCharacter ?? quote,
                isAlwaysQuoted: csv.quoteFields?.uppercased() == "ALWAYS")
            recordDelimiter = csv.recordDelimiter ?? "\n"
        case (nil, let json?):
            format = .json
            recordDelimiter = json.recordDelimiter ?? "\n"
        default:
            throw AWSError(
                "InvalidDataSource", "OutputSerialization has exactly one of CSV and JSON.",
                status: 400)
        }
    }

    /// Appends a record.
    func append(_ values: [(name: String, value: SelectValue)], to bytes: inout [UInt8]) {
        switch format {
        case .csv(let delimiter, let quote, let escape, let isAlwaysQuoted):
            let fields = values.map { field in
                Self.field(
                    field.value.text, delimiter, quote, escape, recordDelimiter, isAlwaysQuoted)
            }
            bytes += fields.joined(separator: delimiter).utf8
        case .json:
            bytes.append(UInt8(ascii: "{"))
            var isFirst = true
            for (name, value) in values {
                guard let document = value.document else { continue }
                if !isFirst { bytes.append(UInt8(ascii: ",")) }
                isFirst = false
                bytes += Document.string(name).json()
                bytes.append(UInt8(ascii: ":"))
                bytes += document.json()
            }
            bytes.append(UInt8(ascii: "}"))
        }
        bytes += recordDelimiter.utf8
    }

    private static func field(
        _ text: String, _ delimiter: String, _ quote: String, _ escape: String, _ record: String,
        _ isAlwaysQuoted: Bool
    ) -> String {
        let needsQuotes =
            isAlwaysQuoted || text.contains(delimiter) || text.contains(record)
            || !quote.isEmpty && text.contains(quote)
        guard needsQuotes, !quote.isEmpty else { return text }
        let escaped = text.map { String($0) == quote ? escape + quote : String($0) }.joined()
        return quote + escaped + quote
    }
}
