import ServiceKit
import Storage
import Wire

extension S3Store {
    /// What a caller must be allowed to do to a bucket.
    func access(
        _ context: RequestContext, _ action: String, to bucket: String,
        _ conditionKeys: [String: String?] = [:]
    ) async throws -> AccessRequest {
        try await access(
            context, action, on: "arn:aws:s3:::\(bucket)", bucket, nil, nil, conditionKeys)
    }

    /// What a caller must be allowed to do to an object.
    func access(
        _ context: RequestContext, _ action: String, to bucket: String, key: String,
        versionID: String? = nil, _ conditionKeys: [String: String?] = [:]
    ) async throws -> AccessRequest {
        var keys = conditionKeys
        if let versionID { keys["s3:VersionId"] = versionID }
        return try await access(
            context, action, on: "arn:aws:s3:::\(bucket)/\(key)", bucket, key, versionID, keys)
    }

    private func access(
        _ context: RequestContext, _ action: String, on resource: String, _ bucket: String,
        _ key: String?, _ versionID: String?, _ conditionKeys: [String: String?]
    ) async throws -> AccessRequest {
        // A bucket that is not there has no owner; the operation says that it is missing.
        let found = try await database.read { try? $0.bucket(bucket) }
        let principal = context.principal
        var request = AccessRequest(
            action, on: resource,
            conditionKeys: conditionKeys.compactMapValues { $0.map { [$0] } },
            resourcePolicy: { [self] in try await resourcePolicy(of: bucket, for: principal) })
        request.resourceAccount = found?.account
        request.isEnforcedForAnonymous = true
        request.isGranted = { [self] in
            try await isGranted(
                action, on: bucket, key: key, versionID: versionID, to: principal)
        }
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
}
