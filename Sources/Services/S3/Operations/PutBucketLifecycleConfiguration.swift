import Platform
import S3Model
import ServiceKit
import Storage
import Wire

/// Says when objects of a bucket expire or change their storage class.
struct PutBucketLifecycleConfiguration: OperationHandler {
    static let operation = S3API.putBucketLifecycleConfiguration
    let store: S3Store

    func access(for input: PutBucketLifecycleConfigurationRequest, in context: RequestContext)
        async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutLifecycleConfiguration", to: input.bucket)]
    }

    func handle(_ input: PutBucketLifecycleConfigurationRequest, in context: RequestContext)
        async throws
        -> PutBucketLifecycleConfigurationOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let checked = try LifecycleRules.checked(
            input.lifecycleConfiguration?.rules ?? [], now: store.clock.now)
        let minimum =
            input.transitionDefaultMinimumObjectSize ?? "all_storage_classes_128K"
        let document = S3Store.bytes(
            of: PutBucketLifecycleConfigurationRequest(
                bucket: bucket.name,
                lifecycleConfiguration: BucketLifecycleConfiguration(rules: checked),
                transitionDefaultMinimumObjectSize: minimum))
        try await store.database.write { [store] transaction in
            try transaction.set(.lifecycle, document, of: bucket.id)
            try LifecycleWorker.schedule(
                bucket, on: store.jobs, now: store.clock.now, in: transaction)
        }
        return PutBucketLifecycleConfigurationOutput(
            transitionDefaultMinimumObjectSize: minimum)
    }
}
