import LambdaModel
import Platform
import ServiceKit

/// Lets a function be invoked with the records of a queue or stream.
///
/// Source: API_CreateEventSourceMapping.
struct CreateEventSourceMapping: OperationHandler {
    static let operation = LambdaAPI.createEventSourceMapping
    let functions: FunctionStore
    let mappings: MappingStore
    let poller: EventSourcePoller
    let randomness: any Randomness

    func access(
        for input: CreateEventSourceMappingRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        return [
            AccessRequest(
                "lambda:CreateEventSourceMapping",
                conditionKeys: ["lambda:FunctionArn": [reference.arn]])
        ]
    }

    func handle(
        _ input: CreateEventSourceMappingRequest, in context: RequestContext
    ) async throws -> EventSourceMappingConfiguration {
        guard let sourceARN = input.eventSourceArn else {
            if input.selfManagedEventSource != nil {
                throw LambdaRefusal.notServed("SelfManagedEventSource")
            }
            throw LambdaRefusal.invalidParameter("Unrecognized event source.")
        }
        let reference = try FunctionReference(input.functionName, in: context)
        let source = try EventSourceKind(arn: sourceARN)
        var settings = try EventSourceSettings(input, for: source)
        settings.created = context.time
        try await EventSourceAccess.requireFunction(reference, in: functions)
        try Tags.validate(input.tags ?? [:])
        let mapping = EventSourceMapping(
            uuid: randomness.uuid(), reference: reference, source: source, sourceARN: sourceARN,
            isEnabled: input.enabled ?? true, settings: settings, modified: context.time)
        try await mappings.create(mapping, tags: input.tags ?? [:]) { [poller] transaction in
            try poller.owe(mapping, in: transaction)
        }
        return mapping.model()
    }
}
