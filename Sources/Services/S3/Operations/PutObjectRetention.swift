import Platform
import S3Model
import ServiceKit
import Wire

/// Retains a version until a time.
struct PutObjectRetention: OperationHandler {
    static let operation = S3API.putObjectRetention
    let store: S3Store

    func access(for input: PutObjectRetentionRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        let keys: [String: String?] = ["s3:object-lock-mode": input.retention?.mode]
        var requests = [
            try await store.access(
                context, "s3:PutObjectRetention", to: input.bucket, key: input.key,
                versionID: input.versionId, keys)
        ]
        if input.bypassGovernanceRetention == true {
            requests.append(
                try await store.access(
                    context, "s3:BypassGovernanceRetention", to: input.bucket, key: input.key))
        }
        return requests
    }

    func handle(_ input: PutObjectRetentionRequest, in context: RequestContext) async throws
        -> PutObjectRetentionOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        guard bucket.hasLocks else { throw S3Failure.noLocks }
        let (mode, until) = (input.retention?.mode, input.retention?.retainUntilDate)
        guard (mode == nil) == (until == nil) else { throw S3Failure.malformedXML }
        let now = store.clock.now
        if let until, until <= now {
            throw S3Failure.argument(
                "The retain until date must be in the future!", "RetainUntilDate", until.iso8601)
        }
        try await store.update(input.key, in: bucket, versionID: input.versionId) { object, _ in
            try ObjectLock.checkChange(
                of: object, mode: mode, until: until,
                bypassesGovernance: input.bypassGovernanceRetention == true, now: now)
            object.details.retentionMode = mode
            object.details.retainUntil = until
        }
        return PutObjectRetentionOutput()
    }
}
