internal import CLibPQ
internal import Storage

/// Reads a row in PostgreSQL's binary format.
enum PostgresRow {
    static func names(_ result: OpaquePointer) -> ColumnNames {
        ColumnNames((0..<PQnfields(result)).map { String(cString: PQfname(result, $0)) })
    }

    /// The first row of a result.
    static func row(_ result: OpaquePointer, names: ColumnNames) throws(StorageError) -> Row {
        var values: [SQLValue] = []
        values.reserveCapacity(names.count)
        for column in 0..<PQnfields(result) {
            guard PQgetisnull(result, 0, column) == 0 else {
                values.append(.null)
                continue
            }
            let bytes = UnsafeRawBufferPointer(
                start: PQgetvalue(result, 0, column), count: Int(PQgetlength(result, 0, column)))
            values.append(try value(bytes, type: PQftype(result, column)))
        }
        return Row(names: names, values: values)
    }

    private static func value(
        _ bytes: UnsafeRawBufferPointer, type: Oid
    ) throws(StorageError) -> SQLValue {
        switch type {
        case PostgresType.int8:
            return .integer(integer(bytes, Int64.self))
        case PostgresType.int4:
            return .integer(Int64(integer(bytes, Int32.self)))
        case PostgresType.int2:
            return .integer(Int64(integer(bytes, Int16.self)))
        case PostgresType.bool:
            return .integer(bytes[0] == 0 ? 0 : 1)
        case PostgresType.float8:
            return .real(Double(bitPattern: integer(bytes, UInt64.self)))
        case PostgresType.text, PostgresType.varchar, PostgresType.name:
            return .text(String(decoding: bytes, as: UTF8.self))
        case PostgresType.bytea:
            return .blob([UInt8](bytes))
        case PostgresType.numeric:
            return try numeric(bytes)
        default:
            throw StorageError(
                .statement, "a column of the type \(type), which SQLite does not have")
        }
    }

    private static func integer<Integer: FixedWidthInteger>(
        _ bytes: UnsafeRawBufferPointer, _: Integer.Type
    ) -> Integer {
        Integer(bigEndian: bytes.loadUnaligned(as: Integer.self))
    }

    /// A sum of integers, which PostgreSQL makes a `NUMERIC`: a count of digits of base 10000, the
    /// power of the first, a sign, a scale, and the digits, of 16 bits each.
    private static func numeric(_ bytes: UnsafeRawBufferPointer) throws(StorageError) -> SQLValue {
        func word(_ index: Int) -> Int {
            Int(Int16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2 * index, as: Int16.self)))
        }
        let (count, power, isNegative, scale) = (word(0), word(1), word(2) == 0x4000, word(3))
        guard scale == 0, power < 5 else {
            throw StorageError(.statement, "a NUMERIC that is no 64-bit integer; cast it")
        }
        var number: Int64 = 0
        for place in 0..<max(0, power + 1) {
            let digit = Int64(place < count ? word(4 + place) : 0)
            let (shifted, high) = number.multipliedReportingOverflow(by: 10_000)
            let (sum, carry) =
                isNegative
                ? shifted.subtractingReportingOverflow(digit)
                : shifted.addingReportingOverflow(digit)
            guard !high, !carry else {
                throw StorageError(.statement, "a NUMERIC beyond 64 bits; cast it")
            }
            number = sum
        }
        return .integer(number)
    }
}
