import Storage
import Wire

/// The settings of which a bucket has several, each with a name.
extension S3Store {
    private static let missing = AWSError(
        "NoSuchConfiguration", "The specified configuration does not exist.", status: 404)

    /// The setting of a name.
    ///
    /// - Throws: `NoSuchConfiguration`.
    func named<Value: Structure>(
        _ setting: BucketSetting, of bucket: BucketRecord
    ) async throws -> Value {
        guard let value: Value = try await self.setting(setting, of: bucket) else {
            throw Self.missing
        }
        return value
    }

    /// Sets the setting of a name.
    ///
    /// - Throws: `InvalidConfigurationId`, `TooManyConfigurations`.
    func setNamed(
        _ setting: BucketSetting, _ value: some Structure, of bucket: BucketRecord
    ) async throws {
        let isValid =
            (1...64).contains(setting.name.utf8.count)
            && setting.name.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
                    || Character(Unicode.Scalar(byte)).isLetter
                    || Character(Unicode.Scalar(byte)).isNumber
            }
        guard isValid else {
            throw AWSError(
                "InvalidConfigurationId", "The specified configuration id is invalid.", status: 400)
        }
        let bytes = Self.bytes(of: value)
        try await database.write { transaction in
            try transaction.set(setting, bytes, of: bucket.id)
            let count =
                try transaction.first(
                    "SELECT COUNT(*) FROM bucket_settings WHERE bucket_id = ? AND kind = ?",
                    bucket.id,
                    setting.kind)?.int(0) ?? 0
            guard count <= S3Limits.configurationsPerKind else {
                throw AWSError(
                    "TooManyConfigurations",
                    "You are attempting to create a new configuration but have already reached the 1,000-configuration limit.",
                    status: 400)
            }
        }
    }

    /// Removes the setting of a name.
    ///
    /// - Throws: `NoSuchConfiguration`.
    func removeNamed(_ setting: BucketSetting, of bucket: BucketRecord) async throws {
        try await database.write { transaction in
            guard try transaction.setting(setting, of: bucket.id) != nil else { throw Self.missing }
            try transaction.remove(setting, of: bucket.id)
        }
    }

    /// A page of the settings of a kind in the order of their names, and the token of the next.
    ///
    /// - Throws: `InvalidArgument` where the token is none.
    func named<Value: Structure>(
        _ kind: String, of bucket: BucketRecord, after token: String?
    ) async throws -> ([Value], String?) {
        let after = try token.map { ObjectKey.text(try ContinuationToken.decode($0)) } ?? ""
        return try await database.read { transaction in
            let limit = S3Limits.configurationsPerPage
            var rows = try transaction.query(
                "SELECT name, document FROM bucket_settings WHERE bucket_id = ? AND kind = ? AND name > ? "
                    + "ORDER BY name LIMIT ?", bucket.id, kind, after, limit + 1)
            let isTruncated = rows.count > limit
            if isTruncated { rows.removeLast() }
            let next = isTruncated ? rows.last.map { Array($0.string(0).utf8) } : nil
            return (
                try rows.map { try Self.value(of: $0.bytes(1)) },
                next.map(ContinuationToken.encode)
            )
        }
    }
}
