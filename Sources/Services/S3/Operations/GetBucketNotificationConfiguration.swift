import S3Model
import ServiceKit
import Wire

/// Answers who is told of what happens in a bucket.
struct GetBucketNotificationConfiguration: OperationHandler {
    static let operation = S3API.getBucketNotificationConfiguration
    let store: S3Store

    func access(for input: GetBucketNotificationConfigurationRequest, in context: RequestContext)
        async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetBucketNotification", to: input.bucket)]
    }

    func handle(_ input: GetBucketNotificationConfigurationRequest, in context: RequestContext)
        async throws
        -> NotificationConfiguration
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        return try await store.setting(.notification, of: bucket) ?? NotificationConfiguration()
    }
}
