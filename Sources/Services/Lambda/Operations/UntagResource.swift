import LambdaModel
import ServiceKit
import Wire

/// Takes tags from a function; keys that it does not have are passed over.
///
/// Source: API_UntagResource.
struct UntagResource: OperationHandler {
    static let operation = LambdaAPI.untagResource
    let functions: FunctionStore

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
        let key = try Tags.function(input.resource, in: context)
        try await functions.changeTags(of: key) { tags in
            for name in input.tagKeys { tags[name] = nil }
        }
        return EmptyStructure()
    }
}
