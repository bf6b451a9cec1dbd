import LambdaModel
import NIOCore
import ServiceKit
import Wire

/// Leaves an event to be worked on later. `Invoke` with `Event` has taken its place.
///
/// Source: API_InvokeAsync.
struct InvokeAsync: OperationHandler {
    static let operation = LambdaAPI.invokeAsync
    let functions: FunctionStore
    let asynchronous: AsynchronousInvoker

    func access(
        for input: InvokeAsyncRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(input.functionName, in: context)
        return [.function("InvokeFunction", reference, in: functions)]
    }

    func handle(
        _ input: InvokeAsyncRequest, in context: RequestContext
    ) async throws -> InvokeAsyncResponse {
        let reference = try FunctionReference(input.functionName, in: context)
        let body = try await input.invokeArgs.collect(upTo: LambdaLimits.asynchronousPayloadBytes)
        let payload = try InvocationPayload.validated(
            Array(body.readableBytesView), isAsynchronous: true)
        _ = try await functions.target(reference)
        try await asynchronous.accept(
            AsynchronousEvent(
                requestID: context.requestID, reference: reference,
                traceHeader: context.traceHeader, acceptedAt: context.time, payload: payload))
        return InvokeAsyncResponse(status: 202)
    }
}
