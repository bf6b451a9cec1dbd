import S3Model
import Wire

/// Takes CSV apart, fed byte by byte: a pure state machine.
struct CSVRecords: Sendable {
    private enum State: Sendable { case start, field, quoted, quoteInQuoted, comment }

    private let fieldDelimiter: UInt8
    private let recordDelimiter: UInt8
    private let quote: UInt8?
    private let escape: UInt8?
    private let comment: UInt8?
    private let usesHeader: Bool
    private let skipsFirst: Bool

    private var state = State.start
    private var field: [UInt8] = []
    private var fields: [String] = []
    private var isEscaped = false
    private var isFirst = true
    private var names: [String: Int] = [:]
    private(set) var columns: [String] = []
    private var records: [SelectRecord] = []

    /// - Throws: `NotImplemented` for delimiters of several characters.
    init(_ input: CSVInput) throws {
        func byte(_ text: String?, _ standard: Character) throws -> UInt8? {
            guard let text else { return standard.asciiValue }
            guard !text.isEmpty else { return nil }
            guard text.utf8.count == 1 else {
                throw S3Failure.notServed("A delimiter of several bytes in SelectObjectContent")
            }
            return text.utf8.first
        }
        let delimiter = input.recordDelimiter == "\r\n" ? "\n" : input.recordDelimiter
        fieldDelimiter = try byte(input.fieldDelimiter, ",") ?? UInt8(ascii: ",")
        recordDelimiter = try byte(delimiter, "\n") ?? UInt8(ascii: "\n")
        quote = try byte(input.quoteCharacter, "\"")
        escape = try byte(input.quoteEscapeCharacter, "\"")
        comment = try byte(input.comments, "#")
        usesHeader = input.fileHeaderInfo?.uppercased() == "USE"
        skipsFirst = usesHeader || input.fileHeaderInfo?.uppercased() == "IGNORE"
    }

    /// Takes bytes in, and answers the records that are whole now.
    ///
    /// - Throws: `OverMaxRecordSize`.
    mutating func feed(_ bytes: some Sequence<UInt8>) throws -> [SelectRecord] {
        for byte in bytes { try take(byte) }
        defer { records = [] }
        return records
    }

    /// The last record, where it does not end with a delimiter.
    mutating func finish() -> [SelectRecord] {
        if state != .start, state != .comment { endRecord() }
        defer { records = [] }
        return records
    }

    private mutating func take(_ byte: UInt8) throws {
        guard field.count <= S3Limits.selectedRecordBytes else {
            throw AWSError(
                "OverMaxRecordSize",
                "The length of a record in the input or result is greater than the maxCharsPerRecord limit of 1 MB.",
                status: 400)
        }
        switch state {
        case .comment: if byte == recordDelimiter { state = .start }
        case .start where byte == comment: state = .comment
        case .start where byte == recordDelimiter: return
        case .start, .field:
            if byte == quote, field.isEmpty {
                state = .quoted
            } else {
                state = .field
                unquoted(byte)
            }
        case .quoted:
            if isEscaped {
                field.append(byte)
                isEscaped = false
            } else if byte == escape, escape != quote {
                isEscaped = true
            } else if byte == quote {
                state = .quoteInQuoted
            } else {
                field.append(byte)
            }
        case .quoteInQuoted:
            if byte == quote {
                // Two quotation marks stand for one.
                field.append(byte)
                state = .quoted
            } else {
                state = .field
                unquoted(byte)
            }
        }
    }

    private mutating func unquoted(_ byte: UInt8) {
        switch byte {
        case fieldDelimiter: endField()
        case recordDelimiter: endRecord()
        default: field.append(byte)
        }
    }

    private mutating func endField() {
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
    }

    private mutating func endRecord() {
        if field.last == UInt8(ascii: "\r"), recordDelimiter == UInt8(ascii: "\n") {
            field.removeLast()
        }
        endField()
        state = .start
        defer {
            fields = []
            isFirst = false
        }
        guard isFirst, skipsFirst else { return records.append(.fields(names, fields)) }
        guard usesHeader else { return }
        columns = fields
        for (index, name) in fields.enumerated() {
            names[name] = names[name] ?? index
            names[name.lowercased()] = names[name.lowercased()] ?? index
        }
    }
}
