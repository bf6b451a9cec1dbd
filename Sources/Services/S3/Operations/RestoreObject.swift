import HTTPTypes
import Platform
import S3Model
import ServiceKit
import Wire

/// Makes an archived object readable for some days.
struct RestoreObject: OperationHandler {
    static let operation = S3API.restoreObject
    let store: S3Store

    func access(for input: RestoreObjectRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [
            try await store.access(
                context, "s3:RestoreObject", to: input.bucket, key: input.key,
                versionID: input.versionId)
        ]
    }

    func handle(_ input: RestoreObjectRequest, in context: RequestContext) async throws
        -> RestoreObjectOutput
    {
        if input.restoreRequest?.type == "SELECT" || input.restoreRequest?.outputLocation != nil {
            throw S3Failure.notServed("A restoration that selects content")
        }
        guard let days = input.restoreRequest?.days, days > 0 else { throw S3Failure.malformedXML }
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let (now, actor) = (store.clock.now, S3Actor(context))
        // A restoration ends at once here; its copy goes at the midnight after its days.
        let before = try await store.find(
            input.key, in: bucket.name, versionID: input.versionId)
        let isRestored = before.object.details.restoredUntil.map { $0 > now } ?? false
        try await store.update(input.key, in: bucket, versionID: input.versionId) {
            [store] object, transaction in
            guard ArchivedObject.isArchived(object.storageClass) else {
                throw AWSError(
                    "InvalidObjectState",
                    "Restore is not allowed for the object's current storage class",
                    status: 403, fields: ["StorageClass": .string(object.storageClass)])
            }
            object.details.restoredUntil = LifecycleRules.midnight(after: days, from: now)
            try store.notify(.objectRestorePost, object, in: bucket, by: actor, transaction)
            try store.notify(.objectRestoreCompleted, object, in: bucket, by: actor, transaction)
        }
        return RestoreObjectOutput(status: isRestored ? 200 : 202)
    }
}
