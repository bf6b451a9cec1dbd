package import Storage

/// A storage engine whose databases fail where `Faults` says, over one that does not.
package final class FaultyStorage: StorageEngine {
    private let base: any StorageEngine
    private let faults: Faults

    /// Makes an engine that fails, over `base`.
    package init(_ base: any StorageEngine, faults: Faults) {
        self.base = base
        self.faults = faults
    }

    package func database(
        named name: String, migrations: [Migration]
    ) async throws -> any Database {
        FaultyDatabase(
            try await base.database(named: name, migrations: migrations), faults: faults)
    }

    package func reset() async throws { try await base.reset() }

    package func close() async { await base.close() }
}

/// A database that fails where `Faults` says.
package final class FaultyDatabase: Database {
    /// The first run of a body, which is taken back.
    private struct TakenBack: Error {}

    private let base: any Database
    private let faults: Faults

    /// Makes a database that fails, over `base`.
    package init(_ base: any Database, faults: Faults) {
        self.base = base
        self.faults = faults
    }

    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any ReadTransaction) throws -> Result
    ) async throws -> Result {
        guard case .statement(let number, let kind)? = faults.forRead() else {
            return try await base.read(body)
        }
        return try await base.read { transaction in
            try FaultyRead(transaction, failing: number, kind).run(body)
        }
    }

    @discardableResult
    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any WriteTransaction) throws -> Result
    ) async throws -> Result {
        switch faults.forWrite() {
        case nil: return try await base.write(body)
        case .statement(let number, let kind)?:
            return try await base.write { transaction in
                try FaultyWrite(transaction, failing: number, kind).run(body)
            }
        case .commit(let kind)?:
            return try await base.write { transaction in
                _ = try body(transaction)
                throw StorageError(kind, "a fault on commit")
            }
        case .lostAnswer?:
            try await base.write { transaction in
                _ = try FaultyWrite(transaction, failing: nil, .unavailable).run(body)
            }
            throw StorageError(.unavailable, "a fault after the commit")
        case .secondRun?:
            do {
                try await base.write { transaction in
                    _ = try body(transaction)
                    throw TakenBack()
                }
            } catch is TakenBack {}
            return try await base.write(body)
        }
    }
}

/// A transaction of which one statement fails. As on the engines, everything after it fails as well.
private class FaultyRead: ReadTransaction {
    private let base: any ReadTransaction
    private let failing: Int?
    private let kind: StorageError.Kind
    private var count = 0
    private var failure: StorageError?

    init(_ base: any ReadTransaction, failing: Int?, _ kind: StorageError.Kind) {
        self.base = base
        self.failing = failing
        self.kind = kind
    }

    func run<Result>(_ body: (any ReadTransaction) throws -> Result) throws -> Result {
        let result = try body(self)
        try checkFailure()
        return result
    }

    func scan(_ sql: String, values: [SQLValue], while visit: (Row) throws -> Bool) throws {
        try beginStatement(sql)
        try base.scan(sql, values: values, while: visit)
    }

    final func beginStatement(_ sql: String) throws {
        try checkFailure()
        count += 1
        if count == failing { failure = StorageError(kind, "a fault in \(sql)") }
        try checkFailure()
    }

    final func checkFailure() throws {
        if let failure { throw failure }
    }
}

/// A writing transaction of which one statement fails, or whose end nobody hears of.
private final class FaultyWrite: FaultyRead, WriteTransaction {
    private let transaction: any WriteTransaction
    private let isHeard: Bool

    /// - Parameter failing: `nil` where nobody is told that everything went well.
    init(_ transaction: any WriteTransaction, failing: Int?, _ kind: StorageError.Kind) {
        self.transaction = transaction
        self.isHeard = failing != nil
        super.init(transaction, failing: failing, kind)
    }

    func run<Result>(_ body: (any WriteTransaction) throws -> Result) throws -> Result {
        let result = try body(self)
        try checkFailure()
        return result
    }

    func execute(_ sql: String, values: [SQLValue]) throws -> Int {
        try beginStatement(sql)
        return try transaction.execute(sql, values: values)
    }

    func afterCommit(_ action: @escaping @Sendable () -> Void) {
        if isHeard { transaction.afterCommit(action) }
    }
}
