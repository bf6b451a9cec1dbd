internal import CSQLite
internal import Storage

/// A prepared statement.
final class SQLiteStatement {
    private let connection: OpaquePointer
    private let handle: OpaquePointer
    private let parameters: Int
    private var names: ColumnNames?

    /// Whether it changes nothing.
    let isReadOnly: Bool

    init(_ sql: String, connection: OpaquePointer) throws(StorageError) {
        var handle: OpaquePointer?
        var sql = sql
        let (code, hasMore) = sql.withUTF8 { text in
            text.withMemoryRebound(to: CChar.self) { text in
                var tail: UnsafePointer<CChar>?
                let code = sqlite3_prepare_v3(
                    connection, text.baseAddress, Int32(text.count),
                    UInt32(SQLITE_PREPARE_PERSISTENT), &handle, &tail)
                return (code, tail != text.baseAddress.map { $0 + text.count })
            }
        }
        guard code == SQLITE_OK, let handle else {
            let message =
                code == SQLITE_OK ? "no statement" : String(cString: sqlite3_errmsg(connection))
            throw StorageError(
                code: code == SQLITE_OK ? SQLITE_ERROR : code, message: "\(message): \(sql)")
        }
        guard !hasMore else {
            sqlite3_finalize(handle)
            throw StorageError(.statement, "more than one statement: \(sql)")
        }
        self.connection = connection
        self.handle = handle
        self.parameters = Int(sqlite3_bind_parameter_count(handle))
        self.isReadOnly = sqlite3_stmt_readonly(handle) != 0
    }

    deinit {
        sqlite3_finalize(handle)
    }

    /// Runs the statement and hands each row to `visit` until that answers false.
    func run(_ values: [SQLValue], while visit: (Row) throws -> Bool) throws {
        guard values.count == parameters else {
            throw StorageError(
                .statement,
                "\(values.count) values for \(parameters) parameters: \(String(cString: sqlite3_sql(handle)))"
            )
        }
        defer {
            sqlite3_reset(handle)
            // Large values do not stay in memory until the statement is used again.
            sqlite3_clear_bindings(handle)
        }
        for (index, value) in values.enumerated() {
            try value.validate()
            try bind(value, at: Int32(index + 1))
        }
        while true {
            let code = sqlite3_step(handle)
            switch code {
            case SQLITE_ROW:
                guard try visit(row()) else { return }
            case SQLITE_DONE:
                return
            default:
                throw StorageError(code: code, message: String(cString: sqlite3_errmsg(connection)))
            }
        }
    }

    /// Runs a statement that has no parameters and answers nothing.
    func run() throws(StorageError) {
        let code = sqlite3_step(handle)
        defer { sqlite3_reset(handle) }
        guard code == SQLITE_DONE else {
            throw StorageError(code: code, message: String(cString: sqlite3_errmsg(connection)))
        }
    }

    private func bind(_ value: SQLValue, at position: Int32) throws(StorageError) {
        // SAFETY: SQLITE_TRANSIENT, the C macro for -1, makes SQLite copy the bytes before `bind`
        // returns.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        let code: Int32
        switch value {
        case .null:
            code = sqlite3_bind_null(handle, position)
        case .integer(let integer):
            code = sqlite3_bind_int64(handle, position, integer)
        case .real(let number):
            code = sqlite3_bind_double(handle, position, number)
        case .text(var text):
            code = text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { characters in
                    sqlite3_bind_text64(
                        handle, position, characters.baseAddress, UInt64(characters.count),
                        transient,
                        UInt8(SQLITE_UTF8))
                }
            }
        case .blob(let bytes) where bytes.isEmpty:
            // A blob without an address would be NULL.
            code = sqlite3_bind_zeroblob(handle, position, 0)
        case .blob(let bytes):
            code = bytes.withUnsafeBytes { bytes in
                sqlite3_bind_blob64(
                    handle, position, bytes.baseAddress, UInt64(bytes.count), transient)
            }
        }
        guard code == SQLITE_OK else {
            throw StorageError(code: code, message: String(cString: sqlite3_errmsg(connection)))
        }
    }

    private func row() -> Row {
        let columns = sqlite3_column_count(handle)
        let names = names(columns)
        return Row(names: names, values: (0..<columns).map(value))
    }

    /// The names of the columns, made anew when a changed schema has changed their number.
    private func names(_ columns: Int32) -> ColumnNames {
        if let names, names.count == columns { return names }
        let names = ColumnNames(
            (0..<columns).map { String(cString: sqlite3_column_name(handle, $0)) })
        self.names = names
        return names
    }

    private func value(_ column: Int32) -> SQLValue {
        switch sqlite3_column_type(handle, column) {
        case SQLITE_INTEGER:
            return .integer(sqlite3_column_int64(handle, column))
        case SQLITE_FLOAT:
            return .real(sqlite3_column_double(handle, column))
        case SQLITE_TEXT:
            // SQLite says the length after it has made the text.
            let start = sqlite3_column_text(handle, column)
            let count = Int(sqlite3_column_bytes(handle, column))
            return .text(
                String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(handle, column)
            let count = Int(sqlite3_column_bytes(handle, column))
            return .blob([UInt8](UnsafeRawBufferPointer(start: start, count: count)))
        default:
            return .null
        }
    }
}
