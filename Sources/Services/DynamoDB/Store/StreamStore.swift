import DynamoDBStreamsModel
import DynamoDBValues
import Platform
import Storage
import Wire

/// The streams of tables and their records.
struct StreamStore: Sendable {
    let database: any Database
    let clock: any Clock

    private static let columns =
        "id, view_type, key_schema, created, closed, next_sequence, table_name, label"

    /// The stream.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func stream(_ arn: StreamARN) async throws -> StoredStream {
        try await database.read { try Self.stream(arn, in: $0) }
    }

    /// The streams of a table, or of all, after `arn`; in the order of their making.
    func streams(
        in scope: TableScope, table: String?, after arn: StreamARN?, limit: Int
    ) async throws -> [StoredStream] {
        let oldest = clock.now - DynamoDBLimits.streamRetention
        return try await database.read { transaction in
            let last = try arn.map { try Self.stream($0, in: transaction).id } ?? 0
            return try transaction.query(
                """
                SELECT \(Self.columns) FROM streams
                WHERE account = ? AND region = ? AND table_name = COALESCE(?, table_name)
                    AND id > ? AND (closed IS NULL OR closed > ?)
                ORDER BY id LIMIT ?
                """, scope.account, scope.region, table, last, oldest, limit
            ).map { try Self.stream($0, in: scope) }
        }
    }

    /// The oldest record that can still be read; the number of the next one where there is none.
    func horizon(of stream: StoredStream) async throws -> Int64 {
        let oldest = clock.now - DynamoDBLimits.streamRetention
        let row = try await database.read { transaction in
            try transaction.first(
                "SELECT sequence FROM stream_records WHERE stream_id = ? AND created > ? "
                    + "ORDER BY sequence LIMIT 1", stream.id, oldest)
        }
        return row.map { Int64($0.int(0)) } ?? stream.nextSequence
    }

    /// The records from `iterator` on, and where to go on; `nil` at the end of a closed stream.
    ///
    /// - Throws: `ResourceNotFoundException`; `TrimmedDataAccessException`.
    func records(_ iterator: ShardIterator, limit: Int) async throws -> (
        stream: StoredStream, records: [StoredRecord], next: Int64?
    ) {
        let oldest = clock.now - DynamoDBLimits.streamRetention
        return try await database.read { transaction in
            let stream = try Self.stream(iterator.stream, in: transaction)
            var (records, bytes) = ([StoredRecord](), 0)
            var isFull = false
            try transaction.scan(
                "SELECT \(StoredRecord.columns) FROM stream_records WHERE stream_id = ? "
                    + "AND sequence >= ? ORDER BY sequence LIMIT ?",
                values: [
                    .integer(stream.id), .integer(iterator.next), .integer(Int64(limit)),
                ]
            ) { row in
                let record = StoredRecord(row)
                // What is too old is out of sight before it is removed.
                guard record.created > oldest else { return true }
                guard records.isEmpty || bytes + record.size <= DynamoDBLimits.streamPageBytes
                else {
                    isFull = true
                    return false
                }
                bytes += record.size
                records.append(record)
                return true
            }
            let next = records.last.map { $0.sequence + 1 } ?? iterator.next
            let isAtEnd = !isFull && next >= stream.nextSequence
            return (stream, records, isAtEnd && stream.closed != nil ? nil : next)
        }
    }

    /// Removes records, and streams that were closed, which are older than 24 hours.
    func sweep() async throws {
        let oldest = clock.now - DynamoDBLimits.streamRetention
        let limit = DynamoDBLimits.rowsPerTransaction
        let ids = try await database.read { transaction in
            try transaction.query("SELECT id FROM streams").map { Int64($0.int(0)) }
        }
        for id in ids {
            while try await database.write({ transaction in
                // Sequences grow with time, so the oldest are the first.
                try transaction.execute(
                    """
                    DELETE FROM stream_records WHERE stream_id = ? AND sequence IN (
                        SELECT sequence FROM stream_records WHERE stream_id = ? AND created <= ?
                            AND sequence < (
                                SELECT COALESCE(MIN(sequence), 0) + ? FROM stream_records
                                WHERE stream_id = ?))
                    """, id, id, oldest, limit, id)
            }) == limit {}
        }
        try await database.write { transaction in
            try transaction.execute("DELETE FROM streams WHERE closed <= ?", oldest)
        }
    }

    private static func stream(_ arn: StreamARN, in transaction: any ReadTransaction) throws
        -> StoredStream
    {
        let scope = arn.table.scope
        guard
            let row = try transaction.first(
                "SELECT \(columns) FROM streams WHERE account = ? AND region = ? "
                    + "AND table_name = ? AND label = ?",
                scope.account, scope.region, arn.table.name, arn.label)
        else { throw arn.notFound }
        return try stream(row, in: scope)
    }

    private static func stream(_ row: Row, in scope: TableScope) throws -> StoredStream {
        guard case .array(let elements) = try Document(json: row.string(2)) else {
            preconditionFailure("a stored key schema is a list")
        }
        return StoredStream(
            id: Int64(row.int(0)),
            arn: StreamARN(
                table: TableReference(scope: scope, name: row.string(6)), label: row.string(7)),
            viewType: row.string(1),
            keySchema: elements.map {
                KeySchemaElement(
                    attributeName: $0["name"]?.stringValue ?? "",
                    keyType: $0["type"]?.stringValue ?? "")
            }, created: row.instant(3), closed: row.optionalInstant(4),
            nextSequence: Int64(row.int(5)))
    }
}
