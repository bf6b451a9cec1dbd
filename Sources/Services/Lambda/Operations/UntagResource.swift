import LambdaModel
import ServiceKit
import Wire

/// Takes tags from a function or event source mapping; keys that it does not have are passed over.
///
/// Source: API_UntagResource.
struct UntagResource: OperationHandler {
    static let operation = LambdaAPI.untagResource
    let functions: FunctionStore
    let mappings: MappingStore

    func access(
        for input: UntagResourceRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [
            AccessRequest(
                "lambda:UntagResource", on: input.resource,
                conditionKeys: ["aws:TagKeys": input.tagKeys])
        ]
    }

    func handle(
        _ input: UntagResourceRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let change: @Sendable (inout [String: String]) throws -> Void = { tags in
            for name in input.tagKeys { tags[name] = nil }
        }
        switch try Tags.resource(input.resource, in: context) {
        case .function(let key): try await functions.changeTags(of: key, change)
        case .eventSourceMapping(let uuid): try await mappings.changeTags(of: uuid, change)
        }
        return EmptyStructure()
    }
}
