import LambdaModel
import ServiceKit

/// Changes a mapping, enables or disables it. Batches under way are finished as they began.
///
/// Source: API_UpdateEventSourceMapping.
struct UpdateEventSourceMapping: OperationHandler {
    static let operation = LambdaAPI.updateEventSourceMapping
    let functions: FunctionStore
    let mappings: MappingStore
    let poller: EventSourcePoller

    func access(
        for input: UpdateEventSourceMappingRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        try await EventSourceAccess.requests(
            "UpdateEventSourceMapping", input.uuid, in: mappings, context)
    }

    func handle(
        _ input: UpdateEventSourceMappingRequest, in context: RequestContext
    ) async throws -> EventSourceMappingConfiguration {
        var reference: FunctionReference?
        if let name = input.functionName {
            let named = try FunctionReference(name, in: context)
            try await EventSourceAccess.requireFunction(named, in: functions)
            reference = named
        }
        let updated = try await mappings.update(
            input.uuid, account: context.account, region: context.region
        ) { [reference] mapping in
            mapping.reference = reference ?? mapping.reference
            mapping.isEnabled = input.enabled ?? mapping.isEnabled
            try mapping.settings.apply(input, for: mapping.source)
            mapping.modified = context.time
        } then: { [poller] mapping, transaction in
            try poller.owe(mapping, in: transaction)
        }
        return updated.model()
    }
}
