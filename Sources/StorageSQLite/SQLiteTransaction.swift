internal import Storage

/// What a body sees of the transaction that it runs in.
final class SQLiteTransaction: WriteTransaction {
    private let connection: SQLiteConnection
    private let mayWrite: Bool
    private var isScanning = false
    /// The error that ended the transaction, if one did.
    private(set) var failure: StorageError?
    private(set) var actions: [@Sendable () -> Void] = []

    init(_ connection: SQLiteConnection, mayWrite: Bool) {
        self.connection = connection
        self.mayWrite = mayWrite
    }

    func scan(_ sql: String, values: [SQLValue], while visit: (Row) throws -> Bool) throws {
        precondition(!isScanning, "a statement inside of a scan: \(sql)")
        if let failure { throw failure }
        isScanning = true
        defer { isScanning = false }
        do {
            let statement = try connection.statement(sql)
            guard mayWrite || statement.isReadOnly else {
                throw StorageError(.statement, "a change in a read: \(sql)")
            }
            try statement.run(values, while: visit)
        } catch let error as StorageError {
            failure = error
            throw error
        }
    }

    func execute(_ sql: String, values: [SQLValue]) throws -> Int {
        try scan(sql, values: values) { _ in true }
        return connection.changes
    }

    func afterCommit(_ action: @escaping @Sendable () -> Void) {
        actions.append(action)
    }
}
