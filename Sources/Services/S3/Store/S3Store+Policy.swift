import S3Model
import ServiceKit
import Storage
import Wire

extension S3Store {
    /// The policy of a bucket, as it was put; nil where it has none.
    func policy(of bucket: BucketRecord) async throws -> String? {
        try await database.read { try $0.setting(.policy, of: bucket.id) }
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// Sets the policy of a bucket.
    ///
    /// - Throws: `MalformedPolicy`; `AccessDenied` where the bucket lets no policy be public.
    func setPolicy(_ text: String, of bucket: BucketRecord) async throws {
        let policy = try BucketPolicy.checked(text, of: bucket)
        let block: PublicAccessBlockConfiguration? = try await setting(
            .publicAccessBlock, of: bucket)
        if block?.blockPublicPolicy == true, policy.isPublic { throw S3Failure.accessDenied }
        try await database.write { try $0.set(.policy, Array(text.utf8), of: bucket.id) }
    }

    /// The policy that decides on a bucket and its objects for `principal` beside what the principal's own say.
    func resourcePolicy(of name: String, for principal: Principal) async throws -> String? {
        try await database.read { transaction in
            guard let bucket = try? transaction.bucket(name),
                let bytes = try transaction.setting(.policy, of: bucket.id)
            else { return nil }
            let text = String(decoding: bytes, as: UTF8.self)
            if principal.account == bucket.account { return text }
            if case .service = principal { return text }
            guard let policy = BucketPolicy(text), policy.isPublic,
                let block = try transaction.setting(.publicAccessBlock, of: bucket.id)
            else { return text }
            let configuration: PublicAccessBlockConfiguration = try Self.value(of: block)
            // A public policy lets nobody in from outside the account.
            return configuration.restrictPublicBuckets == true ? policy.denials : text
        }
    }
}
