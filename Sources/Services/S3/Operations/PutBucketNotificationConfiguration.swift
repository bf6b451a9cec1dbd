import S3Model
import ServiceKit
import Wire

/// Says who is told of what happens in a bucket.
struct PutBucketNotificationConfiguration: OperationHandler {
    static let operation = S3API.putBucketNotificationConfiguration
    let store: S3Store

    func access(for input: PutBucketNotificationConfigurationRequest, in context: RequestContext)
        async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutBucketNotification", to: input.bucket)]
    }

    func handle(_ input: PutBucketNotificationConfigurationRequest, in context: RequestContext)
        async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        try await store.setNotifications(
            input.notificationConfiguration, of: bucket,
            skipsTest: input.skipDestinationValidation == true, context)
        return EmptyStructure()
    }
}
