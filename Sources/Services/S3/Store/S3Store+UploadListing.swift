import Storage

/// Which uploads of a bucket a listing asks for.
struct UploadQuery: Sendable {
    var prefix: [UInt8]
    var delimiter: [UInt8]
    var afterKey: [UInt8]?
    var afterID: String?
    var limit: Int
}

/// A page of uploads.
struct UploadPage: Sendable {
    var uploads: [UploadRecord] = []
    var commonPrefixes: [[UInt8]] = []
    /// What the page ends with, where another follows.
    var next: (key: [UInt8], id: String)?

    var count: Int { uploads.count + commonPrefixes.count }
}

extension S3Store {
    /// A page of the uploads that are under way, in the order of keys and, under a key, of identifiers.
    func uploads(_ query: UploadQuery, in bucket: BucketRecord) async throws -> UploadPage {
        guard query.limit > 0 else { return UploadPage() }
        return try await database.read { transaction in
            var page = UploadPage()
            var last: (key: [UInt8], id: String)?
            var (key, id) = (query.prefix, "")
            if let after = query.afterKey, !after.lexicographicallyPrecedes(query.prefix) {
                (key, id) = (after, query.afterID ?? "")
                if query.afterID == nil { key = ObjectKey.following(after) }
                if ObjectKey.commonPrefix(of: after, after: query.prefix.count, query.delimiter)
                    == after
                {
                    key = ObjectKey.end(ofPrefix: after) ?? key
                }
            }
            let end = query.prefix.isEmpty ? nil : ObjectKey.end(ofPrefix: query.prefix)
            while true {
                let rows = try transaction.query(
                    "SELECT \(UploadRecord.columns) FROM uploads WHERE bucket_id = ? AND key >= ? "
                        + "AND (key > ? OR id > ?) ORDER BY key, id LIMIT ?", bucket.id, key, key,
                    id, query.limit + 1)
                var seek: [UInt8]?
                for upload in rows.map(UploadRecord.init) {
                    if let end, !upload.key.lexicographicallyPrecedes(end) { return page }
                    if page.count == query.limit {
                        page.next = last
                        return page
                    }
                    if let prefix = ObjectKey.commonPrefix(
                        of: upload.key, after: query.prefix.count, query.delimiter)
                    {
                        page.commonPrefixes.append(prefix)
                        last = (prefix, "")
                        seek = ObjectKey.end(ofPrefix: prefix)
                        break
                    }
                    page.uploads.append(upload)
                    last = (upload.key, upload.id)
                    (key, id) = (upload.key, upload.id)
                }
                if let seek {
                    (key, id) = (seek, "")
                } else if rows.count <= query.limit {
                    return page
                }
            }
        }
    }
}
