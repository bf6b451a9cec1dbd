import LambdaModel
import ServiceKit

/// Lists a function's tags.
///
/// Source: API_ListTags.
struct ListTags: OperationHandler {
    static let operation = LambdaAPI.listTags
    let functions: FunctionStore

    func access(
        for input: ListTagsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("lambda:ListTags", on: input.resource)]
    }

    func handle(
        _ input: ListTagsRequest, in context: RequestContext
    ) async throws -> ListTagsResponse {
        let key = try Tags.function(input.resource, in: context)
        return ListTagsResponse(tags: try await functions.tags(of: key))
    }
}
