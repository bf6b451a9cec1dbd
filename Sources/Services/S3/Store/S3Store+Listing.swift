import Storage

extension S3Store {
    /// A page of a bucket, in the order of the keys' bytes. Reads what it lists: a common prefix is passed over by a seek, however
    /// many keys it has.
    func list(_ query: ListingQuery, in bucket: BucketRecord) async throws -> ListingPage {
        guard query.limit > 0 else { return ListingPage() }
        return try await database.read { transaction in
            var lister = try Lister(query, bucket: bucket.id, transaction)
            return try lister.read()
        }
    }
}

/// Walks through the rows of a bucket.
private struct Lister {
    private enum Step {
        case goOn
        case done
        /// To go on at a key.
        case seek([UInt8])
    }

    private let query: ListingQuery
    private let bucket: Int64
    private let transaction: any ReadTransaction
    private let end: [UInt8]?

    private var page = ListingPage()
    /// The next row has this key at least, and with this key a greater rank.
    private var position: (key: [UInt8], rank: Int64?)
    /// The key of the row that was read last: older versions of it may follow.
    private var current: [UInt8]?
    private var rank: Int64 = 0
    /// The older versions of `current` that were passed over.
    private var passed = 0
    /// What the page ends with so far.
    private var last: ListingPage.Next?
    /// Rows of the next query.
    private var batch: Int

    init(_ query: ListingQuery, bucket: Int64, _ transaction: any ReadTransaction) throws {
        self.query = query
        self.bucket = bucket
        self.transaction = transaction
        end = query.prefix.isEmpty ? nil : ObjectKey.end(ofPrefix: query.prefix)
        position = (query.prefix, nil)
        batch = query.delimiter.isEmpty ? query.limit + 1 : 64
        guard let after = query.after, !after.lexicographicallyPrecedes(query.prefix) else {
            return
        }
        let prefix = ObjectKey.commonPrefix(
            of: after, after: query.prefix.count, query.delimiter)
        if prefix == after, let behind = ObjectKey.end(ofPrefix: after) {
            // The page before ended with this common prefix.
            position = (behind, nil)
        } else if query.withVersions, let version = query.afterVersion,
            let row = try transaction.version(version, of: after, in: bucket)
        {
            position = (after, row.rank)
            current = after
        } else {
            position = (ObjectKey.following(after), nil)
        }
    }

    mutating func read() throws -> ListingPage {
        while try readRows() {}
        return page
    }

    /// Reads rows until the page is done, or a common prefix or many old versions are better passed over by a seek.
    ///
    /// - Returns: whether there is more to read.
    private mutating func readRows() throws -> Bool {
        var sql =
            "SELECT \(ObjectRecord.columns) FROM versions WHERE bucket_id = ? AND key >= ?"
        var values: [SQLValue] = [.integer(bucket), .blob(position.key)]
        if let end {
            sql += " AND key < ?"
            values.append(.blob(end))
        }
        if let rank = position.rank {
            sql += " AND (key > ? OR rank > ?)"
            values += [.blob(position.key), .integer(rank)]
        }
        values.append(.integer(Int64(batch)))
        var (count, step) = (0, Step.goOn)
        try transaction.scan(sql + " ORDER BY key, rank LIMIT ?", values: values) { row in
            count += 1
            step = take(row)
            if case .goOn = step { return true }
            return false
        }
        switch step {
        case .done: return false
        case .seek(let key):
            position = (key, nil)
            current = nil
            return end.map { key.lexicographicallyPrecedes($0) } ?? true
        case .goOn:
            guard count == batch, let current else { return false }
            batch = min(batch * 4, S3Limits.readRows)
            position =
                query.withVersions ? (current, rank) : (ObjectKey.following(current), nil)
            return true
        }
    }

    private mutating func take(_ row: Row) -> Step {
        let key = row.bytes(1)
        let isLatest = key != current
        passed = isLatest ? 0 : passed + 1
        current = key
        rank = Int64(row.int(2))
        if !query.withVersions {
            guard isLatest else {
                return passed > S3Limits.skippedVersions ? .seek(ObjectKey.following(key)) : .goOn
            }
            if row.bool(4) { return .goOn }
        }
        if page.count == query.limit {
            page.next = last
            return .done
        }
        if let prefix = ObjectKey.commonPrefix(
            of: key, after: query.prefix.count, query.delimiter)
        {
            page.commonPrefixes.append(prefix)
            last = ListingPage.Next(key: prefix)
            return ObjectKey.end(ofPrefix: prefix).map { .seek($0) } ?? .done
        }
        let object = ObjectRecord(row, withDetails: query.withDetails)
        page.entries.append(.init(object: object, isLatest: isLatest))
        last = ListingPage.Next(key: key, versionID: object.versionID)
        return .goOn
    }
}
