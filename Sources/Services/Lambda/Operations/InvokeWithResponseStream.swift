import LambdaModel
import Sandbox
import ServiceKit
import Wire

/// Invokes a function and hands its answer on as it comes, as events.
///
/// Source: API_InvokeWithResponseStream.
struct InvokeWithResponseStream: OperationHandler {
    static let operation = LambdaAPI.invokeWithResponseStream
    let functions: FunctionStore
    let invoker: FunctionInvoker

    func access(
        for input: InvokeWithResponseStreamRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        return [.function("InvokeFunction", reference, in: functions)]
    }

    func handle(
        _ input: InvokeWithResponseStreamRequest, in context: RequestContext
    ) async throws -> InvokeWithResponseStreamResponse {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        if input.tenantId != nil { throw LambdaRefusal.notServed("TenantId") }
        let payload = try InvocationPayload.validated(input.payload, isAsynchronous: false)
        let clientContext = try InvocationPayload.clientContext(input.clientContext)
        let target = try await functions.target(reference)
        if input.invocationType == "DryRun" {
            return InvokeWithResponseStreamResponse(
                statusCode: 204, executedVersion: target.version.version)
        }
        let call = FunctionCall(
            target, as: reference, payload: payload, clientContext: clientContext,
            randomness: invoker.randomness)
        let (first, rest) = try await invoker.stream(call, in: context)
        let events = StreamedEvents(first, then: rest, withLog: input.logType == "Tail")
        return InvokeWithResponseStreamResponse(
            statusCode: 200, executedVersion: call.version.version,
            eventStream: EventStream(events))
    }
}
