import ServiceKit
import Storage
import Wire

extension S3Store {
    /// What a caller must be allowed to do to a bucket.
    func access(
        _ action: String, to bucket: String, _ conditionKeys: [String: String?] = [:]
    ) -> AccessRequest {
        AccessRequest(
            action, on: "arn:aws:s3:::\(bucket)",
            conditionKeys: conditionKeys.compactMapValues { $0.map { [$0] } },
            resourcePolicy: { [self] in try await resourcePolicy(of: bucket, key: nil) })
    }

    /// What a caller must be allowed to do to an object.
    func access(
        _ action: String, to bucket: String, key: String, versionID: String? = nil,
        _ conditionKeys: [String: String?] = [:]
    ) -> AccessRequest {
        var keys = conditionKeys.compactMapValues { $0.map { [$0] } }
        if let versionID { keys["s3:VersionId"] = [versionID] }
        return AccessRequest(
            action, on: "arn:aws:s3:::\(bucket)/\(key)", conditionKeys: keys,
            resourcePolicy: { [self] in try await resourcePolicy(of: bucket, key: key) })
    }

    /// The condition keys of a listing.
    static func listingKeys(prefix: String?, delimiter: String?, maxKeys: Int?) -> [String: String?]
    {
        [
            "s3:prefix": prefix ?? "", "s3:delimiter": delimiter,
            "s3:max-keys": maxKeys.map(String.init),
        ]
    }

    /// The policy that decides on a bucket or an object beside what the caller's own say.
    func resourcePolicy(of name: String, key: String?) async throws -> String? {
        try await database.read { transaction in
            guard let bucket = try? transaction.bucket(name),
                let policy = try transaction.setting(.policy, of: bucket.id)
            else { return nil }
            return String(decoding: policy, as: UTF8.self)
        }
    }
}
