import LambdaModel
import ServiceKit
import Wire

/// Adds tags to a function or event source mapping; one whose key it has takes another value.
///
/// Source: API_TagResource.
struct TagResource: OperationHandler {
    static let operation = LambdaAPI.tagResource
    let functions: FunctionStore
    let mappings: MappingStore

    func access(
        for input: TagResourceRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        var keys: [String: [String]] = ["aws:TagKeys": input.tags.keys.sorted()]
        for (key, value) in input.tags { keys["aws:RequestTag/\(key)"] = [value] }
        return [AccessRequest("lambda:TagResource", on: input.resource, conditionKeys: keys)]
    }

    func handle(
        _ input: TagResourceRequest, in context: RequestContext
    ) async throws -> EmptyStructure {
        let resource = try Tags.resource(input.resource, in: context)
        guard !input.tags.isEmpty else {
            throw LambdaRefusal.invalidParameter(
                "An error occurred and the request cannot be processed.")
        }
        let change: @Sendable (inout [String: String]) throws -> Void = { tags in
            tags.merge(input.tags) { _, new in new }
            try Tags.validate(tags)
        }
        switch resource {
        case .function(let key): try await functions.changeTags(of: key, change)
        case .eventSourceMapping(let uuid): try await mappings.changeTags(of: uuid, change)
        }
        return EmptyStructure()
    }
}
