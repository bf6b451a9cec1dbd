internal import Storage

/// What a body sees of the transaction that it runs in.
final class PostgresTransaction: WriteTransaction {
    /// How a transaction is isolated (docs/adr/0003-isolation-on-postgresql.md).
    enum Mode: String, Sendable {
        case read = "ISOLATION LEVEL REPEATABLE READ READ ONLY"
        case write = "ISOLATION LEVEL SERIALIZABLE"
    }

    private let connection: PostgresConnection
    private let mode: Mode
    private var isScanning = false
    /// The error that ended the transaction, if one did.
    private(set) var failure: StorageError?
    private(set) var actions: [@Sendable () -> Void] = []

    init(_ connection: PostgresConnection, mode: Mode) {
        self.connection = connection
        self.mode = mode
    }

    func scan(_ sql: String, values: [SQLValue], while visit: (Row) throws -> Bool) throws {
        try run(sql, values, while: visit)
    }

    func execute(_ sql: String, values: [SQLValue]) throws -> Int {
        try run(sql, values) { _ in true }
    }

    func afterCommit(_ action: @escaping @Sendable () -> Void) {
        actions.append(action)
    }

    @discardableResult
    private func run(
        _ sql: String, _ values: [SQLValue], while visit: (Row) throws -> Bool
    ) throws -> Int {
        precondition(!isScanning, "a statement inside of a scan: \(sql)")
        if let failure { throw failure }
        isScanning = true
        defer { isScanning = false }
        do {
            return try connection.run(sql, values, while: visit)
        } catch let error as StorageError {
            let isMistake = mode == .read && error.kind == .readOnly
            let told = isMistake ? StorageError(.statement, "a change in a read: \(sql)") : error
            failure = told
            throw told
        }
    }
}
