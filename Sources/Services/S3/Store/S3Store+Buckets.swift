import Platform
import S3Model
import ServiceKit
import Storage
import Wire

extension S3Store {
    /// The bucket `name`.
    ///
    /// - Parameter expectedOwner: the account that the caller takes for its owner.
    /// - Throws: `NoSuchBucket`; `AccessDenied` where another account owns it.
    func bucket(_ name: String, expectedOwner: String? = nil) async throws -> BucketRecord {
        let bucket = try await database.read { try $0.bucket(name) }
        guard expectedOwner ?? bucket.account == bucket.account else {
            throw S3Failure.accessDenied
        }
        return bucket
    }

    /// Makes a bucket with its settings.
    ///
    /// - Throws: `BucketAlreadyExists`, `BucketAlreadyOwnedByYou`, `TooManyBuckets`.
    func create(_ bucket: BucketRecord, settings: [(BucketSetting, [UInt8])]) async throws {
        try await database.write { transaction in
            let count =
                try transaction.first(
                    "SELECT COUNT(*) FROM buckets WHERE account = ?", bucket.account)?.int(0) ?? 0
            guard count < S3Limits.bucketsPerAccount else { throw S3Failure.tooManyBuckets }
            let places = bucket.values.map { _ in "?" }.joined(separator: ", ")
            let inserted = try transaction.execute(
                "INSERT INTO buckets (\(BucketRecord.columns)) VALUES (\(places)) ON CONFLICT (name) DO NOTHING",
                values: bucket.values)
            guard inserted == 1 else {
                throw try transaction.bucket(bucket.name).account == bucket.account
                    ? S3Failure.bucketAlreadyOwnedByYou(bucket.name)
                    : S3Failure.bucketAlreadyExists(bucket.name)
            }
            for (setting, document) in settings {
                try transaction.set(setting, document, of: bucket.id)
            }
        }
    }

    /// Deletes a bucket, which must be empty. What its unfinished uploads have is given up with it.
    ///
    /// - Throws: `NoSuchBucket`, `BucketNotEmpty`.
    func deleteBucket(_ name: String, expectedOwner: String?) async throws {
        let bucket = try await bucket(name, expectedOwner: expectedOwner)
        try await database.write { [self] transaction in
            let first = try transaction.first(
                "SELECT id FROM versions WHERE bucket_id = ? LIMIT 1", bucket.id)
            guard first == nil else {
                throw S3Failure.bucketNotEmpty(name, hasVersions: bucket.versioning != .never)
            }
            let uploads = try transaction.query(
                "SELECT id FROM uploads WHERE bucket_id = ?", bucket.id)
            for upload in uploads { try discardUpload(upload.string(0), in: transaction) }
            try transaction.execute("DELETE FROM bucket_settings WHERE bucket_id = ?", bucket.id)
            try transaction.execute("DELETE FROM buckets WHERE id = ?", bucket.id)
        }
    }

    /// A page of an account's buckets in the order of their names.
    func buckets(
        of account: String, prefix: String?, region: String?, after: String?, limit: Int
    ) async throws -> [BucketRecord] {
        var conditions = ["account = ?"]
        var values: [SQLValue] = [.text(account)]
        if let after {
            conditions.append("name > ?")
            values.append(.text(after))
        }
        if let region {
            conditions.append("region = ?")
            values.append(.text(region))
        }
        if let prefix, !prefix.isEmpty {
            conditions.append("name >= ? AND name < ?")
            // Names are ASCII, so the greatest character ends every prefix.
            values += [.text(prefix), .text(prefix + "\u{10FFFF}")]
        }
        values.append(.integer(Int64(limit)))
        let sql =
            "SELECT \(BucketRecord.columns) FROM buckets WHERE \(conditions.joined(separator: " AND ")) "
            + "ORDER BY name LIMIT ?"
        return try await database.read { [values] transaction in
            try transaction.query(sql, values: values).map(BucketRecord.init)
        }
    }

    /// Changes columns of a bucket's row.
    ///
    /// - Throws: what `change` throws.
    func update(
        _ bucket: BucketRecord, _ change: @escaping @Sendable (inout BucketRecord) throws -> Void
    ) async throws {
        try await database.write { transaction in
            var bucket = try transaction.bucket(bucket.name)
            try change(&bucket)
            try transaction.execute(
                "UPDATE buckets SET versioning = ?, has_locks = ?, ownership = ?, grants = ? WHERE id = ?",
                bucket.versioning.rawValue, bucket.hasLocks, bucket.ownership,
                BucketRecord.bytes(of: bucket.grants), bucket.id)
        }
    }
}

// MARK: - Settings

extension S3Store {
    /// A setting of a bucket; `nil` where it has none.
    func setting<Value: Structure>(
        _ setting: BucketSetting, _: Value.Type = Value.self, of bucket: BucketRecord
    ) async throws -> Value? {
        let bytes = try await database.read { try $0.setting(setting, of: bucket.id) }
        return try bytes.map { try Self.value(of: $0) }
    }

    /// Sets a setting of a bucket.
    func set(
        _ setting: BucketSetting, _ value: some Structure, of bucket: BucketRecord
    ) async throws {
        let bytes = Self.bytes(of: value)
        try await database.write { try $0.set(setting, bytes, of: bucket.id) }
    }

    /// Removes a setting of a bucket; one that is not there is removed already.
    func remove(_ setting: BucketSetting, of bucket: BucketRecord) async throws {
        try await database.write { try $0.remove(setting, of: bucket.id) }
    }

    /// The bytes of a setting.
    static func bytes(of value: some Structure) -> [UInt8] {
        value.document(in: S3API.description.schema()).json()
    }

    /// What `bytes(of:)` wrote.
    static func value<Value: Structure>(of bytes: [UInt8]) throws -> Value {
        try Value(document: Document(json: bytes), in: S3API.description.schema())
    }
}

/// A setting of a bucket: one document a kind, or one a name where the kind has several.
struct BucketSetting: Sendable, Hashable {
    var kind: String
    var name = ""

    init(_ kind: String, _ name: String = "") {
        self.kind = kind
        self.name = name
    }

    static let accelerate = BucketSetting("accelerate")
    static let cors = BucketSetting("cors")
    static let encryption = BucketSetting("encryption")
    static let lifecycle = BucketSetting("lifecycle")
    static let logging = BucketSetting("logging")
    static let notification = BucketSetting("notification")
    static let objectLock = BucketSetting("object-lock")
    static let policy = BucketSetting("policy")
    static let publicAccessBlock = BucketSetting("public-access-block")
    static let replication = BucketSetting("replication")
    static let requestPayment = BucketSetting("request-payment")
    static let tagging = BucketSetting("tagging")
    static let website = BucketSetting("website")
}

extension ReadTransaction {
    /// The bucket `name`.
    ///
    /// - Throws: `NoSuchBucket`.
    func bucket(_ name: String) throws -> BucketRecord {
        guard !name.utf8.contains(0),
            let row = try first(
                "SELECT \(BucketRecord.columns) FROM buckets WHERE name = ?", name)
        else { throw S3Failure.noSuchBucket(name) }
        return BucketRecord(row)
    }

    /// The document of a setting; `nil` where the bucket has none.
    func setting(_ setting: BucketSetting, of bucket: Int64) throws -> [UInt8]? {
        try first(
            "SELECT document FROM bucket_settings WHERE bucket_id = ? AND kind = ? AND name = ?",
            bucket, setting.kind, setting.name)?.bytes(0)
    }
}

extension WriteTransaction {
    /// Sets a setting of a bucket.
    func set(_ setting: BucketSetting, _ document: [UInt8], of bucket: Int64) throws {
        try execute(
            "INSERT INTO bucket_settings (bucket_id, kind, name, document) VALUES (?, ?, ?, ?) "
                + "ON CONFLICT (bucket_id, kind, name) DO UPDATE SET document = excluded.document",
            bucket, setting.kind, setting.name, document)
    }

    /// Removes a setting of a bucket.
    func remove(_ setting: BucketSetting, of bucket: Int64) throws {
        try execute(
            "DELETE FROM bucket_settings WHERE bucket_id = ? AND kind = ? AND name = ?", bucket,
            setting.kind, setting.name)
    }
}
