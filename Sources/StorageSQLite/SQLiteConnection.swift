internal import CSQLite
internal import Storage

/// One connection to a database file, with its prepared statements.
///
/// Used by one thread at a time; its owner sees to that.
final class SQLiteConnection: @unchecked Sendable {
    // SAFETY: not thread-safe, and passed from thread to thread only through a lock: a reader by
    // the list of idle connections, the writer's by the start of its thread.

    /// How many prepared statements are kept: more than a service has, so that it bounds mistakes
    /// only.
    private static let preparedStatements = 512

    /// How a file is opened.
    enum Mode {
        case readOnly
        case readWrite
        case memory
    }

    private let handle: OpaquePointer
    private var isClosed = false
    private var statements: [String: SQLiteStatement] = [:]

    /// Opens a file; `readWrite` makes it where there is none.
    init(path: String, mode: Mode) throws(StorageError) {
        let access: Int32 =
            switch mode {
            case .readOnly: SQLITE_OPEN_READONLY
            case .readWrite: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            case .memory: SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY
            }
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(
            path, &handle, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard let handle else { throw StorageError(.unavailable, "no memory for a connection") }
        self.handle = handle
        guard code == SQLITE_OK else {
            throw StorageError(code: code, message: "\(path): \(message)")
        }
        try configure(mode)
    }

    deinit {
        close()
    }

    /// Closes the connection; the last one of a file folds the write-ahead log into it. Nothing may
    /// follow.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        statements.removeAll()
        sqlite3_close_v2(handle)
    }

    private func configure(_ mode: Mode) throws(StorageError) {
        // Another process (a backup, a curious person) may hold a lock for a moment.
        sqlite3_busy_timeout(handle, 5_000)
        try run("PRAGMA case_sensitive_like = ON")
        try run("PRAGMA temp_store = MEMORY")
        if mode == .readWrite {
            try run("PRAGMA journal_mode = WAL")
            try run("PRAGMA synchronous = FULL")
        }
    }

    /// Runs statements that are not worth keeping.
    func run(_ sql: String) throws(StorageError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw StorageError(code: code, message: message) }
    }

    /// The prepared statement for `sql`, from now on kept.
    func statement(_ sql: String) throws(StorageError) -> SQLiteStatement {
        if let known = statements[sql] { return known }
        if statements.count >= Self.preparedStatements { statements.removeAll() }
        let statement = try SQLiteStatement(sql, connection: handle)
        statements[sql] = statement
        return statement
    }

    /// How many rows the last statement changed.
    var changes: Int { Int(sqlite3_changes64(handle)) }

    /// Whether a transaction is open. Some failures, such as a full disk, end it.
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    private var message: String { String(cString: sqlite3_errmsg(handle)) }
}
