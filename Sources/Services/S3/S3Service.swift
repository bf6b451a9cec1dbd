package import Blobs
import Jobs
import Logging
import Platform
import S3Model
package import ServiceKit
package import Storage

/// S3: buckets, the objects in them and their versions, and uploads.
package final class S3Service: ApusService {
    private let store: S3Store

    /// Makes the service over its own database.
    ///
    /// - Parameter blobs: a store that nobody else has; what S3 does not know in it, S3 removes.
    package init(_ dependencies: ServiceDependencies, database: any Database, blobs: any BlobStore)
    {
        store = S3Store(dependencies, database: database, blobs: blobs)
        store.jobs.register(BlobRemoval.handler(blobs))
        store.jobs.register(LifecycleWorker(store: store).handler())
        store.jobs.register(NotificationWorker(store: store).handler())
        store.jobs.register(ReplicationWorker(store: store).handler())
    }

    package func register(with registry: inout ServiceRegistry) {
        registerBuckets(with: &registry.operations)
        registerObjects(with: &registry.operations)
        registerUploads(with: &registry.operations)
        registerSettings(with: &registry.operations)
        registerNamedSettings(with: &registry.operations)
        registry.host(.bucketForm, by: BucketForms(store: store))
        registry.host(.website, by: BucketWebsite(store: store))
        registry.decideOrigins(of: "s3", by: BucketOrigins(store: store))
    }

    private func registerBuckets(with router: inout OperationRouter) {
        router.register(CreateBucket(store: store))
        router.register(DeleteBucket(store: store))
        router.register(GetBucketLocation(store: store))
        router.register(GetBucketVersioning(store: store))
        router.register(HeadBucket(store: store))
        router.register(ListBuckets(store: store))
        router.register(PutBucketVersioning(store: store))
    }

    private func registerObjects(with router: inout OperationRouter) {
        router.register(CopyObject(store: store))
        router.register(DeleteObject(store: store))
        router.register(DeleteObjectTagging(store: store))
        router.register(DeleteObjects(store: store))
        router.register(GetObject(store: store))
        router.register(GetObjectAcl(store: store))
        router.register(GetObjectAttributes(store: store))
        router.register(GetObjectLegalHold(store: store))
        router.register(GetObjectRetention(store: store))
        router.register(GetObjectTagging(store: store))
        router.register(HeadObject(store: store))
        router.register(ListObjectVersions(store: store))
        router.register(ListObjects(store: store))
        router.register(ListObjectsV2(store: store))
        router.register(PutObject(store: store))
        router.register(SelectObjectContent(store: store))
        router.register(PutObjectAcl(store: store))
        router.register(PutObjectLegalHold(store: store))
        router.register(PutObjectRetention(store: store))
        router.register(PutObjectTagging(store: store))
        router.register(RestoreObject(store: store))
    }

    private func registerUploads(with router: inout OperationRouter) {
        router.register(AbortMultipartUpload(store: store))
        router.register(CompleteMultipartUpload(store: store))
        router.register(CreateMultipartUpload(store: store))
        router.register(ListMultipartUploads(store: store))
        router.register(ListParts(store: store))
        router.register(UploadPart(store: store))
        router.register(UploadPartCopy(store: store))
    }

    private func registerSettings(with router: inout OperationRouter) {
        router.register(DeleteBucketCors(store: store))
        router.register(DeleteBucketEncryption(store: store))
        router.register(DeleteBucketLifecycle(store: store))
        router.register(DeleteBucketOwnershipControls(store: store))
        router.register(DeleteBucketPolicy(store: store))
        router.register(DeleteBucketReplication(store: store))
        router.register(DeleteBucketTagging(store: store))
        router.register(DeleteBucketWebsite(store: store))
        router.register(DeletePublicAccessBlock(store: store))
        router.register(GetBucketAccelerateConfiguration(store: store))
        router.register(GetBucketAcl(store: store))
        router.register(GetBucketCors(store: store))
        router.register(GetBucketEncryption(store: store))
        router.register(GetBucketLifecycleConfiguration(store: store))
        router.register(GetBucketLogging(store: store))
        router.register(GetBucketNotificationConfiguration(store: store))
        router.register(GetBucketOwnershipControls(store: store))
        router.register(GetBucketPolicy(store: store))
        router.register(GetBucketPolicyStatus(store: store))
        router.register(GetBucketReplication(store: store))
        router.register(GetBucketRequestPayment(store: store))
        router.register(GetBucketTagging(store: store))
        router.register(GetBucketWebsite(store: store))
        router.register(GetObjectLockConfiguration(store: store))
        router.register(GetPublicAccessBlock(store: store))
        router.register(PutBucketAccelerateConfiguration(store: store))
        router.register(PutBucketAcl(store: store))
        router.register(PutBucketCors(store: store))
        router.register(PutBucketEncryption(store: store))
        router.register(PutBucketLifecycleConfiguration(store: store))
        router.register(PutBucketLogging(store: store))
        router.register(PutBucketNotificationConfiguration(store: store))
        router.register(PutBucketOwnershipControls(store: store))
        router.register(PutBucketPolicy(store: store))
        router.register(PutBucketReplication(store: store))
        router.register(PutBucketRequestPayment(store: store))
        router.register(PutBucketTagging(store: store))
        router.register(PutBucketWebsite(store: store))
        router.register(PutObjectLockConfiguration(store: store))
        router.register(PutPublicAccessBlock(store: store))
    }

    private func registerNamedSettings(with router: inout OperationRouter) {
        router.register(DeleteBucketAnalyticsConfiguration(store: store))
        router.register(DeleteBucketIntelligentTieringConfiguration(store: store))
        router.register(DeleteBucketInventoryConfiguration(store: store))
        router.register(DeleteBucketMetricsConfiguration(store: store))
        router.register(GetBucketAnalyticsConfiguration(store: store))
        router.register(GetBucketIntelligentTieringConfiguration(store: store))
        router.register(GetBucketInventoryConfiguration(store: store))
        router.register(GetBucketMetricsConfiguration(store: store))
        router.register(ListBucketAnalyticsConfigurations(store: store))
        router.register(ListBucketIntelligentTieringConfigurations(store: store))
        router.register(ListBucketInventoryConfigurations(store: store))
        router.register(ListBucketMetricsConfigurations(store: store))
        router.register(PutBucketAnalyticsConfiguration(store: store))
        router.register(PutBucketIntelligentTieringConfiguration(store: store))
        router.register(PutBucketInventoryConfiguration(store: store))
        router.register(PutBucketMetricsConfiguration(store: store))
    }

    /// Removes bytes that nobody uses any more, and does what is owed.
    package func run() async throws {
        try await withThrowingTaskGroup { [store] group in
            group.addTask { await store.jobs.run() }
            group.addTask { try await BlobSweep(store: store).run() }
            try await group.waitForAll()
        }
    }

    /// Removes the bytes of all objects, whose rows are gone.
    package func forget() async {
        do {
            try await store.blobs.reset()
        } catch {
            store.logger.error("cannot remove blobs", metadata: ["error": "\(error)"])
        }
    }
}
