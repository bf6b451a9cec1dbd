import SSMModel
import ServiceKit
import Storage
import Wire

/// Lists the tags of a parameter.
///
/// Source: API_ListTagsForResource in the Systems Manager API Reference.
struct ListTagsForResource: OperationHandler {
    static let operation = SSMAPI.listTagsForResource
    let database: any Database

    func access(
        for input: ListTagsForResourceRequest, in context: RequestContext
    ) -> [AccessRequest] {
        [
            ParameterAccess(database: database).request(
                "ssm:ListTagsForResource", on: ParameterPlace(input.resourceId, in: context),
                in: context)
        ]
    }

    func handle(
        _ input: ListTagsForResourceRequest, in context: RequestContext
    ) async throws -> ListTagsForResourceResult {
        try TaggedParameter.check(input.resourceType, for: "ListTagsForResource")
        let place = ParameterPlace(input.resourceId, in: context)
        let tags = try await database.read { transaction in
            guard try transaction.latest(place) != nil else { throw SSMFailure.invalidResource }
            return try transaction.tags(of: place)
        }
        return ListTagsForResourceResult(
            tagList: tags.sorted { $0.key < $1.key }.map { Tag(key: $0.key, value: $0.value) })
    }
}
