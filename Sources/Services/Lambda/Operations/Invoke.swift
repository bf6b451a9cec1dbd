import LambdaModel
import Sandbox
import ServiceKit
import Wire

/// Invokes a function: and waits for its answer, or leaves the event to be worked on later, or only asks whether one may.
///
/// Source: API_Invoke.
struct Invoke: OperationHandler {
    static let operation = LambdaAPI.invoke
    let functions: FunctionStore
    let invoker: FunctionInvoker
    let asynchronous: AsynchronousInvoker

    func access(
        for input: InvocationRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        return [.function("InvokeFunction", reference, in: functions)]
    }

    func handle(
        _ input: InvocationRequest, in context: RequestContext
    ) async throws -> InvocationResponse {
        let reference = try FunctionReference(
            input.functionName, qualifier: input.qualifier, in: context)
        if input.tenantId != nil { throw LambdaRefusal.notServed("TenantId") }
        if input.durableExecutionName != nil {
            throw LambdaRefusal.notServed("DurableExecutionName")
        }
        let isAsynchronous = input.invocationType == "Event"
        let payload = try InvocationPayload.validated(
            input.payload, isAsynchronous: isAsynchronous)
        let clientContext = try InvocationPayload.clientContext(input.clientContext)
        let target = try await functions.target(reference)
        if input.invocationType == "DryRun" {
            return InvocationResponse(statusCode: 204, executedVersion: target.version.version)
        }
        if isAsynchronous {
            try await asynchronous.accept(
                AsynchronousEvent(
                    requestID: context.requestID, reference: reference,
                    traceHeader: context.traceHeader, clientContext: clientContext,
                    acceptedAt: context.time, payload: payload))
            return InvocationResponse(statusCode: 202)
        }
        let call = FunctionCall(
            target, as: reference, payload: payload, clientContext: clientContext,
            randomness: invoker.randomness)
        let result = try await invoker.invoke(call, in: context)
        return InvocationResponse(
            statusCode: 200, functionError: result.outcome == .failure ? "Unhandled" : nil,
            logResult: input.logType == "Tail" ? Base64.encode(result.logTail) : nil,
            payload: result.payload, executedVersion: call.version.version)
    }
}
