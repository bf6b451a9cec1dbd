import LambdaModel
import ServiceKit

/// Tells a mapping.
///
/// Source: API_GetEventSourceMapping.
struct GetEventSourceMapping: OperationHandler {
    static let operation = LambdaAPI.getEventSourceMapping
    let mappings: MappingStore

    func access(
        for input: GetEventSourceMappingRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await EventSourceAccess.requests(
            "GetEventSourceMapping", input.uuid, in: mappings, context)
    }

    func handle(
        _ input: GetEventSourceMappingRequest, in context: RequestContext
    ) async throws -> EventSourceMappingConfiguration {
        let found = try await mappings.mapping(
            input.uuid, account: context.account, region: context.region)
        guard let found else { throw LambdaRefusal.resourceNotFound }
        return found.model()
    }
}
