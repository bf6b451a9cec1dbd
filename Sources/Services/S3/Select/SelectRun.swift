import NIOCore
import S3Model
import Wire

/// A query under way: it is fed an object's bytes and answers what they say. A pure state machine.
struct SelectRun: Sendable {
    private enum Reader: Sendable {
        case csv(CSVRecords)
        case lines([UInt8])
        case document([UInt8])
    }

    private let query: SelectQuery
    private let output: SelectOutput
    private var reader: Reader
    private var totals: [SelectTotal]
    private var count = 0
    private(set) var scanned = 0
    private(set) var returned = 0
    private var pending: [UInt8] = []

    /// - Throws: `AWSError`.
    init(_ input: SelectObjectContentRequest) throws {
        guard input.expressionType == "SQL" else {
            throw AWSError(
                "InvalidExpressionType",
                "The ExpressionType is not valid. Only SQL expressions are supported.",
                status: 400)
        }
        let form = input.inputSerialization
        guard [nil, "NONE"].contains(form.compressionType) else {
            throw S3Failure.notServed(
                "SelectObjectContent over \(form.compressionType ?? "") content")
        }
        guard input.scanRange == nil else {
            throw S3Failure.notServed("A ScanRange of SelectObjectContent")
        }
        query = try SelectQuery(input.expression)
        output = try SelectOutput(input.outputSerialization)
        switch (form.csv, form.json, form.parquet) {
        case (let csv?, nil, nil): reader = .csv(try CSVRecords(csv))
        case (nil, let json?, nil): reader = json.type == "LINES" ? .lines([]) : .document([])
        case (nil, nil, _?): throw S3Failure.notServed("SelectObjectContent over Parquet")
        default:
            throw AWSError(
                "InvalidDataSource", "InputSerialization has exactly one of CSV, JSON and Parquet.",
                status: 400)
        }
        totals = query.aggregates.map { SelectTotal($0.kind) }
    }

    /// The query has all that it may answer.
    var isComplete: Bool { query.limit.map { count >= $0 } ?? false && query.aggregates.isEmpty }

    /// Takes bytes of the object in.
    ///
    /// - Throws: `AWSError`.
    mutating func feed(_ bytes: ByteBuffer) throws {
        scanned += bytes.readableBytes
        switch reader {
        case .csv(var csv):
            let records = try csv.feed(bytes.readableBytesView)
            reader = .csv(csv)
            for record in records { try take(record, columns: csv.columns) }
        case .lines(var rest):
            rest += bytes.readableBytesView
            let lines = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            reader = .lines(Array(lines.last ?? []))
            for line in lines.dropLast() { try take(json: Array(line)) }
        case .document(var all):
            all += bytes.readableBytesView
            guard all.count <= S3Limits.selectedDocumentBytes else {
                throw AWSError(
                    "OverMaxRecordSize",
                    "A JSON document of more than \(S3Limits.selectedDocumentBytes) bytes is not queried.",
                    status: 400)
            }
            reader = .document(all)
        }
    }

    /// Ends the object.
    ///
    /// - Throws: `AWSError`.
    mutating func finish() throws {
        switch reader {
        case .csv(var csv):
            let records = csv.finish()
            for record in records { try take(record, columns: csv.columns) }
        case .lines(let rest), .document(let rest): try take(json: rest)
        }
        guard !query.aggregates.isEmpty else { return }
        let aggregates = totals.map(\.value)
        let values = try (query.columns ?? []).map { column in
            (column.name, try column.expression.value(of: .document(.null), aggregates))
        }
        output.append(values, to: &pending)
    }

    /// What has been answered since the last time.
    mutating func takeOutput() -> [UInt8] {
        defer { pending = [] }
        returned += pending.count
        return pending
    }

    var pendingBytes: Int { pending.count }

    private mutating func take(json bytes: [UInt8]) throws {
        guard bytes.contains(where: { $0 > UInt8(ascii: " ") }) else { return }
        guard let document = try? Document(json: bytes) else {
            throw AWSError(
                "JSONParsingError",
                "Encountered an error parsing the JSON file. Check the file and try again.",
                status: 400)
        }
        for record in Self.records(of: document, query.source[...]) {
            try take(.document(record), columns: [])
        }
    }

    /// The records that the way from a document leads to.
    private static func records(
        of document: Document, _ steps: ArraySlice<SelectPath?>
    ) -> [Document] {
        guard let step = steps.first else { return [document] }
        let rest = steps.dropFirst()
        switch step {
        case nil:
            // The first `[*]` goes over the documents of the file, of which this is one.
            if case .array(let items) = document {
                return items.flatMap { records(of: $0, rest) }
            }
            return records(of: document, rest)
        case .name(let name, let isExact)?:
            guard case .object(let members) = document else { return [] }
            let found =
                members[name]
                ?? (isExact
                    ? nil : members.first { $0.key.lowercased() == name.lowercased() }?.value)
            return found.map { records(of: $0, rest) } ?? []
        case .index(let index)?:
            return document[index].map { records(of: $0, rest) } ?? []
        }
    }

    private mutating func take(_ record: SelectRecord, columns: [String]) throws {
        guard !isComplete else { return }
        if let condition = query.condition, try condition.value(of: record) != .boolean(true) {
            return
        }
        if !query.aggregates.isEmpty {
            for (index, aggregate) in query.aggregates.enumerated() {
                totals[index].add(try aggregate.operand?.value(of: record))
            }
            return
        }
        count += 1
        if let wanted = query.columns {
            let values = try wanted.map { ($0.name, try $0.expression.value(of: record)) }
            return output.append(values, to: &pending)
        }
        output.append(Self.all(of: record, columns), to: &pending)
    }

    private static func all(
        of record: SelectRecord, _ columns: [String]
    ) -> [(name: String, value: SelectValue)] {
        switch record {
        case .fields(_, let fields):
            return fields.enumerated().map { index, field in
                (index < columns.count ? columns[index] : "_\(index + 1)", .text(field))
            }
        case .document(.object(let members)):
            return members.sorted { $0.key < $1.key }.map { ($0.key, SelectValue($0.value)) }
        case .document(let document): return [("_1", SelectValue(document))]
        }
    }
}

/// An aggregate under way.
struct SelectTotal: Sendable {
    private let kind: SelectExpression.Aggregate
    private var count = 0
    private var sum = 0.0
    private var extreme: SelectValue = .null

    init(_ kind: SelectExpression.Aggregate) {
        self.kind = kind
    }

    /// - Parameter value: nil counts the record itself.
    mutating func add(_ value: SelectValue?) {
        guard let value else {
            count += 1
            return
        }
        guard !value.isAbsent else { return }
        count += 1
        sum += value.number ?? 0
        let order = SelectValue.compare(value, extreme)
        if extreme == .null || kind == .min && order == -1 || kind == .max && order == 1 {
            extreme = value
        }
    }

    var value: SelectValue {
        switch kind {
        case .count: .integer(Int64(count))
        case .sum: count == 0 ? .null : .decimal(sum)
        case .avg: count == 0 ? .null : .decimal(sum / Double(count))
        case .min, .max: extreme
        }
    }
}
