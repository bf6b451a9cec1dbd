import S3Model
import ServiceKit
import Wire

/// Says where a bucket's requests are logged.
struct PutBucketLogging: OperationHandler {
    static let operation = S3API.putBucketLogging
    let store: S3Store

    func access(for input: PutBucketLoggingRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutBucketLogging", to: input.bucket)]
    }

    func handle(_ input: PutBucketLoggingRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        if let target = input.bucketLoggingStatus.loggingEnabled?.targetBucket {
            guard let found = try? await store.bucket(target), found.account == bucket.account
            else {
                throw AWSError(
                    "InvalidTargetBucketForLogging",
                    "The target bucket for logging does not exist", status: 400,
                    fields: ["TargetBucket": .string(target)])
            }
            guard found.region == bucket.region else {
                throw AWSError(
                    "CrossLocationLoggingProhibitted", "Cross S3 location logging not allowed. ",
                    status: 403,
                    fields: [
                        "TargetBucketLocation": .string(found.region),
                        "SourceBucketLocation": .string(bucket.region),
                    ])
            }
        }
        try await store.set(.logging, input.bucketLoggingStatus, of: bucket)
        return EmptyStructure()
    }
}
