import ServiceKit
import Storage
import Wire

extension S3Store {
    /// What a caller must be allowed to do to a bucket.
    func access(
        _ action: String, to bucket: String, _ conditionKeys: [String: String?] = [:]
    ) async throws -> AccessRequest {
        try await access(action, on: "arn:aws:s3:::\(bucket)", bucket, key: nil, conditionKeys)
    }

    /// What a caller must be allowed to do to an object.
    func access(
        _ action: String, to bucket: String, key: String, versionID: String? = nil,
        _ conditionKeys: [String: String?] = [:]
    ) async throws -> AccessRequest {
        var keys = conditionKeys
        if let versionID { keys["s3:VersionId"] = versionID }
        return try await access(
            action, on: "arn:aws:s3:::\(bucket)/\(key)", bucket, key: key, keys)
    }

    private func access(
        _ action: String, on resource: String, _ bucket: String, key: String?,
        _ conditionKeys: [String: String?]
    ) async throws -> AccessRequest {
        // A bucket that is not there has no owner; the operation says that it is missing.
        let found = try await database.read { try? $0.bucket(bucket) }
        var request = AccessRequest(
            action, on: resource,
            conditionKeys: conditionKeys.compactMapValues { $0.map { [$0] } },
            resourcePolicy: { [self] in try await resourcePolicy(of: bucket) })
        request.resourceAccount = found?.account
        return request
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
    func resourcePolicy(of name: String) async throws -> String? {
        try await database.read { transaction in
            guard let bucket = try? transaction.bucket(name),
                let policy = try transaction.setting(.policy, of: bucket.id)
            else { return nil }
            return String(decoding: policy, as: UTF8.self)
        }
    }
}
