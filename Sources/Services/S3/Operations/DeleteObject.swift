import S3Model
import ServiceKit
import Wire

/// Deletes an object: for ever, or behind a delete marker where the bucket keeps old versions.
struct DeleteObject: OperationHandler {
    static let operation = S3API.deleteObject
    let store: S3Store

    func access(for input: DeleteObjectRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        var requests = [
            try await store.access(
                context, input.versionId == nil ? "s3:DeleteObject" : "s3:DeleteObjectVersion",
                to: input.bucket, key: input.key, versionID: input.versionId,
                ["s3:if-match": input.ifMatch])
        ]
        if input.bypassGovernanceRetention == true {
            requests.append(
                try await store.access(
                    context, "s3:BypassGovernanceRetention", to: input.bucket, key: input.key))
        }
        return requests
    }

    func handle(_ input: DeleteObjectRequest, in context: RequestContext) async throws
        -> DeleteObjectOutput
    {
        let bucket = try await store.bucket(
            input.bucket, expectedOwner: input.expectedBucketOwner)
        if let versionID = input.versionId, versionID.isEmpty {
            throw S3Failure.argument(
                "Version id cannot be the empty string", "versionId", versionID)
        }
        let deletion = try await store.delete(
            DeletionRequest(
                key: input.key, versionID: input.versionId,
                bypassesGovernance: input.bypassGovernanceRetention == true,
                ifMatch: input.ifMatch, ifLastModified: input.ifMatchLastModifiedTime,
                ifSize: input.ifMatchSize), in: bucket, by: S3Actor(context))
        return DeleteObjectOutput(
            deleteMarker: deletion.isDeleteMarker ? true : nil, versionId: deletion.versionID)
    }
}
