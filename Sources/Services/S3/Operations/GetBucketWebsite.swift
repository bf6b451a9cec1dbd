import S3Model
import ServiceKit
import Wire

/// Answers how a bucket is a website.
struct GetBucketWebsite: OperationHandler {
    static let operation = S3API.getBucketWebsite
    let store: S3Store

    func access(for input: GetBucketWebsiteRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetBucketWebsite", to: input.bucket)]
    }

    func handle(_ input: GetBucketWebsiteRequest, in context: RequestContext) async throws
        -> GetBucketWebsiteOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        guard let found: WebsiteConfiguration = try await store.setting(.website, of: bucket)
        else {
            throw S3Failure.missing(
                "NoSuchWebsiteConfiguration",
                "The specified bucket does not have a website configuration", bucket.name)
        }
        return GetBucketWebsiteOutput(
            redirectAllRequestsTo: found.redirectAllRequestsTo, indexDocument: found.indexDocument,
            errorDocument: found.errorDocument, routingRules: found.routingRules)
    }
}
