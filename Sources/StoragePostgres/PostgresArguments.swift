internal import CLibPQ
internal import Storage

/// The values of a statement's parameters in PostgreSQL's binary format.
struct PostgresArguments {
    /// The server's number for the type of each value; 0 where it finds that out itself.
    private(set) var types: [Oid] = []
    /// All values, one after the other.
    private var bytes: [UInt8] = []
    /// Where each value is in `bytes`; nil is NULL.
    private var ranges: [Range<Int>?] = []

    init(_ values: [SQLValue]) throws(StorageError) {
        for value in values {
            try value.validate()
            let start = bytes.count
            switch value {
            case .null:
                types.append(0)
                ranges.append(nil)
                continue
            case .integer(let integer):
                types.append(PostgresType.int8)
                append(UInt64(bitPattern: integer))
            case .real(let number):
                types.append(PostgresType.float8)
                append(number.bitPattern)
            case .text(let text):
                types.append(PostgresType.text)
                bytes += text.utf8
            case .blob(let blob):
                types.append(PostgresType.bytea)
                bytes += blob
            }
            ranges.append(start..<bytes.count)
        }
        // An empty value needs an address too, or it would be NULL.
        bytes.append(0)
    }

    /// Calls `body` with the addresses, lengths and formats that libpq wants.
    func withPointers<Result>(
        _ body: ([UnsafePointer<CChar>?], [Int32], [Int32]) -> Result
    ) -> Result {
        bytes.withUnsafeBytes { bytes in
            let start = bytes.assumingMemoryBound(to: CChar.self).baseAddress!
            return body(
                ranges.map { range in range.map { start + $0.lowerBound } },
                ranges.map { Int32($0?.count ?? 0) }, Array(repeating: 1, count: ranges.count))
        }
    }

    private mutating func append(_ word: UInt64) {
        withUnsafeBytes(of: word.bigEndian) { bytes += $0 }
    }
}
