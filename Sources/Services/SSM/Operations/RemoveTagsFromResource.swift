import SSMModel
import ServiceKit
import Storage
import Wire

/// Removes tags from a parameter.
///
/// Source: API_RemoveTagsFromResource in the Systems Manager API Reference.
struct RemoveTagsFromResource: OperationHandler {
    static let operation = SSMAPI.removeTagsFromResource
    let database: any Database

    func access(
        for input: RemoveTagsFromResourceRequest, in context: RequestContext
    ) -> [AccessRequest] {
        [
            ParameterAccess(database: database).request(
                "ssm:RemoveTagsFromResource", on: ParameterPlace(input.resourceId, in: context),
                in: context, ["aws:TagKeys": input.tagKeys])
        ]
    }

    func handle(
        _ input: RemoveTagsFromResourceRequest, in context: RequestContext
    ) async throws -> RemoveTagsFromResourceResult {
        try TaggedParameter.check(input.resourceType, for: "RemoveTagsFromResource")
        let place = ParameterPlace(input.resourceId, in: context)
        try await database.write { transaction in
            guard try transaction.latest(place) != nil else { throw SSMFailure.invalidResource }
            for key in input.tagKeys {
                try transaction.execute(
                    "DELETE FROM tags WHERE account = ? AND region = ? AND path = ? "
                        + "AND tag_key = ?", place.account, place.region, place.path, key)
            }
        }
        return RemoveTagsFromResourceResult()
    }
}
