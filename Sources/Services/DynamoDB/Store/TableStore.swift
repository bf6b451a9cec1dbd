import DynamoDBModel
import DynamoDBValues
import Jobs
import Platform
import Storage
import Synchronization
import Wire

/// The definitions of tables, with those that this node has read before at hand.
///
/// A definition that is at hand may be out of date, on PostgreSQL after a change by another node. So every read and
/// write of items looks, in the same statement, whether the table still has the version that it was planned for, and
/// begins again where it has not (``retrying(_:_:)``).
final class TableStore: Sendable {
    let database: any Database
    let jobs: JobQueue
    let clock: any Clock
    private let known = Mutex<[TableReference: Table]>([:])

    init(database: any Database, jobs: JobQueue, clock: any Clock) {
        self.database = database
        self.jobs = jobs
        self.clock = clock
    }

    /// Forgets what is at hand, since the database was emptied.
    func forget() { known.withLock { $0 = [:] } }

    // MARK: - Finding

    /// The table, if need be as it was a moment ago; `nil` where there is none.
    func find(_ reference: TableReference) async throws -> Table? {
        if let table = known.withLock({ $0[reference] }) { return table }
        return try await load(reference)
    }

    /// The table as it is now; `nil` where there is none.
    func load(_ reference: TableReference) async throws -> Table? {
        let table = try await database.read { try $0.table(reference) }
        known.withLock { $0[reference] = table }
        return table
    }

    /// Does `body` with a table, once more where it was changed meanwhile.
    ///
    /// - Throws: `ResourceNotFoundException`, and what `body` throws.
    func retrying<Result>(
        _ reference: TableReference, _ body: (Table) async throws -> Result
    ) async throws -> Result {
        guard var table = try await find(reference) else { throw Failure.noTable }
        for _ in 1..<DynamoDBLimits.attempts {
            do {
                return try await body(table)
            } catch is StaleTable {
                guard let current = try await load(reference) else { throw Failure.noTable }
                table = current
            }
        }
        return try await body(table)
    }

    /// Does `body` with tables, once more where one was changed meanwhile.
    ///
    /// - Throws: `ResourceNotFoundException` where one is missing, and what `body` throws.
    func retrying<Result>(
        _ references: Set<TableReference>, _ body: ([TableReference: Table]) async throws -> Result
    ) async throws -> Result {
        for attempt in 1... {
            var tables: [TableReference: Table] = [:]
            for reference in references {
                let table =
                    attempt == 1 ? try await find(reference) : try await load(reference)
                guard let table else { throw Failure.noTable }
                tables[reference] = table
            }
            do {
                return try await body(tables)
            } catch let stale as StaleTable {
                guard attempt < DynamoDBLimits.attempts else { throw stale }
            }
        }
        preconditionFailure("the attempts are counted")
    }

    /// The names of tables after `name`, in order.
    func names(in scope: TableScope, after name: String, limit: Int) async throws -> [String] {
        try await database.read { transaction in
            try transaction.query(
                "SELECT name FROM tables WHERE account = ? AND region = ? AND name > ? "
                    + "ORDER BY name LIMIT ?",
                scope.account, scope.region, name, limit
            ).map { $0.string(0) }
        }
    }

    // MARK: - Changing

    /// Makes a table.
    ///
    /// - Parameters:
    ///   - description: what it is like.
    ///   - fill: writes the first rows, in the transaction.
    /// - Throws: `ResourceInUseException` where there is one of this name.
    func create(
        _ reference: TableReference, _ description: TableDescription,
        stream viewType: String? = nil, tags: [Tag] = [], policy: TableSettings.Policy? = nil,
        fill: @escaping @Sendable (Table, any WriteTransaction) throws -> Void = { _, _ in }
    ) async throws -> Table {
        let now = clock.now
        let table = try await database.write { transaction in
            guard try transaction.table(reference) == nil else {
                throw DynamoDBError.resourceInUseException(
                    "Table already exists: \(reference.name)")
            }
            try transaction.checkTables(in: reference.scope)
            var settings = TableSettings()
            settings.policies["table"] = policy
            let id = try transaction.nextID()
            for name in description.indexNames {
                settings.indexes[name] = try transaction.nextID()
            }
            var description = description
            if let viewType {
                settings.stream = try transaction.openStream(
                    viewType, of: reference, at: now, &description)
            }
            let table = Table(
                id: id, version: 1, reference: reference, description: description,
                settings: settings)
            try transaction.insert(table)
            try transaction.setTags(tags, of: id)
            try fill(table, transaction)
            return table
        }
        known.withLock { $0[reference] = table }
        return table
    }

    /// Changes a table's definition.
    ///
    /// - Parameter body: changes the description and the settings, and what else belongs to the change.
    /// - Throws: `ResourceNotFoundException`, and what `body` throws.
    func change(
        _ reference: TableReference, missing: AWSError? = nil,
        _ body:
            @escaping @Sendable (
                Table, inout TableDescription, inout TableSettings, any WriteTransaction
            ) throws -> Void
    ) async throws -> Table {
        let table = try await database.write { transaction in
            guard let table = try transaction.table(reference) else {
                throw missing ?? Failure.noTable(reference.name)
            }
            var (description, settings) = (table.description, table.settings)
            try body(table, &description, &settings, transaction)
            let changed = Table(
                id: table.id, version: table.version + 1, reference: reference,
                description: description, settings: settings)
            try transaction.update(changed)
            return changed
        }
        // Another change may have come between; whoever uses an older version is told so.
        known.withLock { known in
            if let other = known[reference], other.id == table.id, other.version > table.version {
                return
            }
            known[reference] = table
        }
        return table
    }

    /// Deletes a table. Its rows are out of reach at once; jobs remove them.
    ///
    /// - Throws: `ResourceNotFoundException`; `ValidationException` where it is protected.
    func delete(_ reference: TableReference) async throws -> Table {
        let now = clock.now
        let table = try await database.write { [jobs] transaction in
            guard let table = try transaction.table(reference) else {
                throw Failure.noTable(reference.name)
            }
            guard table.description.deletionProtectionEnabled != true else {
                throw AWSError.validation(
                    "1 validation error detected: Table '\(reference.name)' can't be deleted while "
                        + "DeletionProtectionEnabled is set to True")
            }
            try transaction.execute("DELETE FROM tables WHERE id = ?", table.id)
            try transaction.execute("DELETE FROM figures WHERE id = ?", table.id)
            try transaction.execute("DELETE FROM tags WHERE table_id = ?", table.id)
            if let stream = table.settings.stream {
                try transaction.closeStream(stream.id, at: now)
            }
            try RowPurge.items(of: table.id).enqueue(on: jobs, in: transaction)
            if table.settings.recovery != nil {
                try RowPurge.pastItems(of: table.id, until: now).enqueue(on: jobs, in: transaction)
            }
            for index in table.indexes {
                try RowPurge.indexItems(of: index.id).enqueue(on: jobs, in: transaction)
            }
            return table
        }
        known.withLock { $0[reference] = nil }
        return table
    }
}

/// A table is not what it was when a read or a write of its items was planned.
struct StaleTable: Error {}

extension TableDescription {
    /// The names of all indexes.
    var indexNames: [String] {
        (localSecondaryIndexes ?? []).compactMap(\.indexName)
            + (globalSecondaryIndexes ?? []).compactMap(\.indexName)
    }
}
