import LambdaModel
import Logging
import NIOCore
import Platform
import Sandbox
import ServiceKit
import Wire

/// One event on its way into a function, whichever way it came.
struct FunctionCall: Sendable {
    /// The version that takes it.
    let version: FunctionVersion
    let quota: ConcurrencyQuota
    /// Whether it is stopped when it comes round and round.
    let stopsRecursion: Bool
    /// What the caller named.
    let reference: FunctionReference
    let payload: [UInt8]
    let clientContext: String?

    /// Makes the call of what `reference` came to; of an alias of two versions, chance picks the one.
    init(
        _ target: InvocationTarget, as reference: FunctionReference, payload: [UInt8],
        clientContext: String? = nil, randomness: any Randomness
    ) {
        version =
            target.second == nil
            ? target.version : target.version(at: randomness.fraction())
        quota = target.quota
        stopsRecursion = target.stopsRecursion
        self.reference = reference
        self.payload = payload
        self.clientContext = clientContext
    }
}

/// Runs events in functions: the one place that asks the host.
struct FunctionInvoker: Sendable {
    let deployments: FunctionDeployments
    let host: any FunctionHost
    let gate: ConcurrencyGate
    let metrics: FunctionMetrics
    let randomness: any Randomness

    /// Runs an event and waits for the answer. The invocation's identifier is that of the request.
    ///
    /// - Throws: `TooManyRequestsException`, `InvalidRuntimeException`, `ServiceException` where the function could not be run at all.
    func invoke(_ call: FunctionCall, in context: RequestContext) async throws -> InvocationResult {
        try await run(call, onStart: nil, onChunk: nil, in: context)
    }

    /// Runs an event whose answer is handed on as the function writes it. Returns when the answer begins; its parts
    /// are a start (or, where the function does not stream, none), chunks, and the end.
    ///
    /// - Throws: as `invoke` does.
    func stream(
        _ call: FunctionCall, in context: RequestContext
    ) async throws -> (first: StreamPart, rest: PartChannel<StreamPart>) {
        let parts = PartChannel<StreamPart>(capacity: LambdaLimits.waitingChunks)
        // The answer flows on after the handler has returned, so this belongs to the channel: when its reader leaves, what is sent
        // is dropped, and the task ends with the event.
        Task {
            do {
                let result = try await run(
                    call, onStart: { await parts.send(.start(contentType: $0)) },
                    onChunk: { await parts.send(.chunk($0)) }, in: context)
                await parts.send(.end(result))
                parts.finish()
            } catch {
                parts.finish(throwing: error)
            }
        }
        guard let first = try await parts.next() else { throw CommonError.internalFailure }
        return (first, parts)
    }

    private func run(
        _ call: FunctionCall, onStart: (@Sendable (String?) async -> Void)?,
        onChunk: (@Sendable ([UInt8]) async -> Void)?, in context: RequestContext
    ) async throws -> InvocationResult {
        let lineage = Lineage(
            header: context.traceHeader, addingFunction: call.version.key.arn)
        if lineage.count > LambdaLimits.recursions, call.stopsRecursion {
            metrics.record(1, .recursions, of: call.reference)
            throw LambdaRefusal.recursion
        }
        do {
            let result = try await gate.pass(for: call.version.key, within: call.quota) {
                concurrent in
                metrics.record(Double(concurrent), .concurrency, of: call.reference)
                let deployment = try await deployments.deployment(of: call.version, in: context)
                return try await host.invoke(
                    Invocation(
                        requestID: context.requestID, invokedFunctionARN: call.reference.arn,
                        payload: call.payload, traceHeader: lineage.header,
                        clientContext: call.clientContext, onResponseStart: onStart,
                        onResponseChunk: onChunk),
                    of: deployment)
            }
            record(result, of: call)
            return result
        } catch let error as FunctionHostError {
            throw recorded(Self.error(error, in: context), of: call)
        } catch let error as AWSError {
            throw recorded(error, of: call)
        }
    }

    private func record(_ result: InvocationResult, of call: FunctionCall) {
        metrics.record(1, .invocations, of: call.reference)
        metrics.record(result.outcome == .failure ? 1 : 0, .errors, of: call.reference)
        metrics.record(result.duration / .milliseconds(1), .duration, of: call.reference)
    }

    private func recorded(_ error: AWSError, of call: FunctionCall) -> AWSError {
        if error.status == 429 { metrics.record(1, .throttles, of: call.reference) }
        return error
    }

    private static func error(
        _ error: FunctionHostError, in context: RequestContext
    ) -> AWSError {
        switch error {
        case .runtimeUnavailable(let runtime):
            return LambdaError.invalidRuntimeException.user(
                "The runtime \(runtime) is not on the machine that Apus runs on.")
        case .tooManyEnvironments:
            return LambdaRefusal.throttled()
        case .sandboxFailed(let reason), .initFailed(let reason):
            context.logger.error("a sandbox could not be built", metadata: ["reason": "\(reason)"])
            return LambdaError.serviceException(
                "The function's execution environment could not be started.", ["Type": "Service"])
        }
    }
}

/// A part of a streamed answer.
enum StreamPart: Sendable {
    /// The function streams from here on.
    case start(contentType: String?)
    case chunk([UInt8])
    /// The function has returned, or failed. A function that did not stream has its whole answer here.
    case end(InvocationResult)
}
