import S3Model
import ServiceKit
import Wire

/// Lists the configurations of tiering of a bucket.
struct ListBucketIntelligentTieringConfigurations: OperationHandler {
    static let operation = S3API.listBucketIntelligentTieringConfigurations
    let store: S3Store

    func access(
        for input: ListBucketIntelligentTieringConfigurationsRequest, in context: RequestContext
    ) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetIntelligentTieringConfiguration", to: input.bucket)]
    }

    func handle(
        _ input: ListBucketIntelligentTieringConfigurationsRequest, in context: RequestContext
    ) async throws
        -> ListBucketIntelligentTieringConfigurationsOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let (page, next): ([IntelligentTieringConfiguration], String?) = try await store.named(
            "intelligent-tiering", of: bucket, after: input.continuationToken)
        return ListBucketIntelligentTieringConfigurationsOutput(
            isTruncated: next != nil, continuationToken: input.continuationToken,
            nextContinuationToken: next,
            intelligentTieringConfigurationList: page.isEmpty ? nil : page)
    }
}
