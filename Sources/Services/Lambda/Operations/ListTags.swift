import LambdaModel
import ServiceKit

/// Lists the tags of a function or event source mapping.
///
/// Source: API_ListTags.
struct ListTags: OperationHandler {
    static let operation = LambdaAPI.listTags
    let functions: FunctionStore
    let mappings: MappingStore

    func access(
        for input: ListTagsRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("lambda:ListTags", on: input.resource)]
    }

    func handle(
        _ input: ListTagsRequest, in context: RequestContext
    ) async throws -> ListTagsResponse {
        switch try Tags.resource(input.resource, in: context) {
        case .function(let key):
            return ListTagsResponse(tags: try await functions.tags(of: key))
        case .eventSourceMapping(let uuid):
            return ListTagsResponse(tags: try await mappings.tags(of: uuid))
        }
    }
}
