import LambdaModel
import ServiceKit

/// Deletes a mapping. Batches under way are finished.
///
/// Source: API_DeleteEventSourceMapping.
struct DeleteEventSourceMapping: OperationHandler {
    static let operation = LambdaAPI.deleteEventSourceMapping
    let mappings: MappingStore

    func access(
        for input: DeleteEventSourceMappingRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await EventSourceAccess.requests(
            "DeleteEventSourceMapping", input.uuid, in: mappings, context)
    }

    func handle(
        _ input: DeleteEventSourceMappingRequest, in context: RequestContext
    ) async throws -> EventSourceMappingConfiguration {
        try await mappings.delete(
            input.uuid, account: context.account, region: context.region
        ).model(state: "Deleting")
    }
}
