internal import CLibPQ
internal import Storage

/// One connection to the server, with the statements that it has prepared there.
///
/// Used by one thread at a time; the pool sees to that.
final class PostgresConnection: @unchecked Sendable {
    // SAFETY: not thread-safe; the pool hands it to one thread at a time through a lock.

    /// How many prepared statements are kept: more than the services have, so that it bounds
    /// mistakes only.
    private static let preparedStatements = 2_048
    /// How long to wait for the server to accept a connection, where the URL says nothing else.
    private static let connectTimeoutSeconds = "5"

    /// What makes a statement another one for the server: a name means another table in another
    /// schema.
    private struct StatementKey: Hashable {
        let schema: String
        let sql: String
        let types: [Oid]
    }

    private let handle: OpaquePointer
    private var prepared: [StatementKey: String] = [:]
    /// The schema in which statements find their tables until the transaction ends.
    private var schema = ""

    /// Connects to the server. Blocks the thread.
    init(url: String) throws(StorageError) {
        let settings = [
            ("connect_timeout", Self.connectTimeoutSeconds), ("fallback_application_name", "apus"),
            ("dbname", url), ("client_encoding", "UTF8"),
        ]
        let handle = Self.withCStrings(settings.map(\.0)) { keywords in
            Self.withCStrings(settings.map(\.1)) { values in
                PQconnectdbParams(keywords, values, 1)
            }
        }
        guard let handle else { throw StorageError(.unavailable, "no memory for a connection") }
        self.handle = handle
        guard PQstatus(handle) == CONNECTION_OK else {
            throw StorageError(.unavailable, message)
        }
        // "IF NOT EXISTS" would else write a notice to standard error each time.
        try run("SET client_min_messages TO warning")
    }

    deinit {
        PQfinish(handle)
    }

    /// Whether the server is gone.
    var isBroken: Bool { PQstatus(handle) != CONNECTION_OK }

    /// Whether no transaction is open.
    var isIdle: Bool { PQtransactionStatus(handle) == PQTRANS_IDLE }

    /// Opens a transaction in which statements find their tables in `schema`.
    func begin(_ mode: PostgresTransaction.Mode, schema: String) throws(StorageError) {
        self.schema = schema
        try run("BEGIN \(mode.rawValue); SET LOCAL search_path TO \"\(schema)\"")
    }

    /// Runs statements without parameters that answer nothing.
    func run(_ sql: String) throws(StorageError) {
        guard let result = PQexec(handle, sql) else { throw StorageError(.unavailable, message) }
        defer { PQclear(result) }
        if let error = error(of: result) { throw error }
    }

    /// Runs a statement, prepared on its first use, and hands each row to `visit` until that
    /// answers false.
    ///
    /// - Returns: how many rows it changed or answered.
    func run(_ sql: String, _ values: [SQLValue], while visit: (Row) throws -> Bool) throws -> Int {
        let arguments = try PostgresArguments(values)
        let name = try prepare(sql, arguments)
        let isSent = arguments.withPointers { pointers, lengths, formats in
            PQsendQueryPrepared(handle, name, Int32(values.count), pointers, lengths, formats, 1)
        }
        guard isSent == 1, PQsetSingleRowMode(handle) == 1 else {
            throw StorageError(.unavailable, message)
        }
        var changed = 0
        var names: ColumnNames?
        var failure: (any Error)?
        var wantsMore = true
        // Even after an error every result must be fetched before the connection does anything
        // else.
        while let result = PQgetResult(handle) {
            defer { PQclear(result) }
            if PQresultStatus(result) == PGRES_SINGLE_TUPLE {
                guard wantsMore else { continue }
                do {
                    let known = names ?? PostgresRow.names(result)
                    names = known
                    wantsMore = try visit(PostgresRow.row(result, names: known))
                } catch {
                    failure = error
                    wantsMore = false
                }
            } else if let error = error(of: result) {
                failure = failure ?? error
            } else {
                changed = Int(String(cString: PQcmdTuples(result))) ?? 0
            }
        }
        if let failure { throw failure }
        return changed
    }

    /// The name of the prepared statement.
    private func prepare(
        _ sql: String, _ arguments: PostgresArguments
    ) throws(StorageError) -> String {
        let key = StatementKey(schema: schema, sql: sql, types: arguments.types)
        if let known = prepared[key] { return known }
        if prepared.count >= Self.preparedStatements {
            try run("DEALLOCATE ALL")
            prepared.removeAll()
        }
        let name = "s\(prepared.count)"
        let numbered = SQLText.replacingParameters(in: sql) { "$\($0)" }
        let result = PQprepare(
            handle, name, numbered, Int32(arguments.types.count), arguments.types)
        guard let result else { throw StorageError(.unavailable, message) }
        defer { PQclear(result) }
        if let error = error(of: result) { throw error }
        prepared[key] = name
        return name
    }

    private func error(of result: OpaquePointer) -> StorageError? {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE: return nil
        default: break
        }
        let text = String(cString: PQresultErrorMessage(result))
        let message = String(text.prefix { !$0.isNewline })
        // PG_DIAG_SQLSTATE, a macro of a character, which Swift does not import.
        guard !isBroken, let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))) else {
            return StorageError(.unavailable, message)
        }
        return StorageError(sqlState: String(cString: state), message: message)
    }

    private var message: String { String(cString: PQerrorMessage(handle)) }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        // One text after the other, each with its final zero, and the addresses of their starts.
        var characters: [CChar] = []
        var starts: [Int] = []
        for string in strings {
            starts.append(characters.count)
            characters += string.utf8CString
        }
        return characters.withUnsafeBufferPointer { characters in
            body(starts.map { characters.baseAddress! + $0 } + [nil])
        }
    }
}
