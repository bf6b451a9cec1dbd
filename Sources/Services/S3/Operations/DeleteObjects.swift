import Logging
import S3Model
import ServiceKit
import Storage
import Wire

/// Deletes many objects; each has an outcome of its own.
struct DeleteObjects: OperationHandler {
    static let operation = S3API.deleteObjects
    let store: S3Store

    /// The right to delete each of the objects is asked for with each of them.
    func access(for input: DeleteObjectsRequest, in context: RequestContext) -> [AccessRequest] {
        []
    }

    func handle(_ input: DeleteObjectsRequest, in context: RequestContext) async throws
        -> DeleteObjectsOutput
    {
        let objects = input.delete.objects
        guard (1...S3Limits.deletedKeys).contains(objects.count) else {
            throw S3Failure.malformedXML
        }
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        let actor = S3Actor(context)
        let isAllowed = await allowed(objects, input, context)
        let outcomes = try await store.database.write { [store] transaction in
            let bucket = try transaction.bucket(bucket.name)
            return try zip(objects, isAllowed).map { object, failure in
                if let failure { return Outcome.failed(failure) }
                do {
                    return .deleted(
                        try store.delete(
                            DeletionRequest(
                                key: object.key, versionID: object.versionId,
                                bypassesGovernance: input.bypassGovernanceRetention == true,
                                ifMatch: object.eTag, ifLastModified: object.lastModifiedTime,
                                ifSize: object.size), in: bucket, by: actor, transaction))
                } catch let failure as AWSError {
                    return .failed(failure)
                }
            }
        }
        return Self.output(zip(objects, outcomes), isQuiet: input.delete.quiet == true)
    }

    private enum Outcome: Sendable {
        case deleted(Deletion)
        case failed(AWSError)
    }

    /// For each object, why it may not be deleted; nil where it may.
    private func allowed(
        _ objects: [ObjectIdentifier], _ input: DeleteObjectsRequest, _ context: RequestContext
    ) async -> [AWSError?] {
        var failures: [AWSError?] = []
        for object in objects {
            do {
                var requests = [
                    try await store.access(
                        context,
                        object.versionId == nil ? "s3:DeleteObject" : "s3:DeleteObjectVersion",
                        to: input.bucket, key: object.key, versionID: object.versionId)
                ]
                if input.bypassGovernanceRetention == true {
                    requests.append(
                        try await store.access(
                            context, "s3:BypassGovernanceRetention", to: input.bucket,
                            key: object.key))
                }
                try await store.caller.authorize(requests, in: context)
                failures.append(nil)
            } catch let failure as AWSError {
                failures.append(failure)
            } catch {
                context.logger.error("authorization failed", metadata: ["error": "\(error)"])
                failures.append(CommonError.internalFailure)
            }
        }
        return failures
    }

    private static func output(
        _ outcomes: some Sequence<(ObjectIdentifier, Outcome)>, isQuiet: Bool
    ) -> DeleteObjectsOutput {
        var (deleted, errors): ([DeletedObject], [ErrorShape]) = ([], [])
        for (object, outcome) in outcomes {
            switch outcome {
            case .deleted(let deletion):
                guard !isQuiet else { continue }
                var entry = DeletedObject(key: object.key, versionId: object.versionId)
                if deletion.isDeleteMarker {
                    entry.deleteMarker = true
                    entry.deleteMarkerVersionId = deletion.versionID
                }
                deleted.append(entry)
            case .failed(let failure):
                errors.append(
                    ErrorShape(
                        key: object.key, versionId: object.versionId, code: failure.code,
                        message: failure.message))
            }
        }
        return DeleteObjectsOutput(
            deleted: deleted.isEmpty ? nil : deleted, errors: errors.isEmpty ? nil : errors)
    }
}
