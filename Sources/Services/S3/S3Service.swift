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
    }

    package func register(with registry: inout ServiceRegistry) {
        registerBuckets(with: &registry.operations)
        registerObjects(with: &registry.operations)
        registerUploads(with: &registry.operations)
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
        router.register(GetObjectAttributes(store: store))
        router.register(GetObjectTagging(store: store))
        router.register(HeadObject(store: store))
        router.register(ListObjectVersions(store: store))
        router.register(ListObjects(store: store))
        router.register(ListObjectsV2(store: store))
        router.register(PutObject(store: store))
        router.register(PutObjectTagging(store: store))
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
