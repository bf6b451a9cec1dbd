import S3Model
import ServiceKit
import Wire

/// Makes a bucket a website.
struct PutBucketWebsite: OperationHandler {
    static let operation = S3API.putBucketWebsite
    let store: S3Store

    func access(for input: PutBucketWebsiteRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:PutBucketWebsite", to: input.bucket)]
    }

    func handle(_ input: PutBucketWebsiteRequest, in context: RequestContext) async throws
        -> EmptyStructure
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        try WebsiteRules.check(input.websiteConfiguration)
        try await store.set(.website, input.websiteConfiguration, of: bucket)
        return EmptyStructure()
    }
}
