import Synchronization
package import Wire

/// Calls an operation of any service, as a principal, so that authorization and tracing apply as they do from outside.
package final class ServiceCaller: Sendable {
    private struct Wiring {
        var router: OperationRouter
        var authorizer: any Authorizer
    }

    private let wiring = Mutex<Wiring?>(nil)

    package init() {}

    /// Says which operations there are; called once, when every service has registered.
    package func connect(_ router: OperationRouter, authorizer: any Authorizer) {
        wiring.withLock { $0 = Wiring(router: router, authorizer: authorizer) }
    }

    /// Calls `operation` in `context`, whose principal, account and region it acts with.
    ///
    /// - Throws: the operation's `AWSError`, or `AccessDenied`.
    package func call<Input: Structure, Output: Structure>(
        _ operation: Operation<Input, Output>, _ input: Input, in context: RequestContext
    ) async throws -> Output {
        guard
            let output = try await perform(
                operation.name, of: operation.service.name, input, in: context) as? Output
        else { preconditionFailure("\(operation.name) answers another type") }
        return output
    }

    /// Asks whether `context`'s principal may do what `requests` say: for what is reached by another way than an operation.
    ///
    /// - Throws: `AWSError` `AccessDenied` or `AccessDeniedException`.
    package func authorize(_ requests: [AccessRequest], in context: RequestContext) async throws {
        guard let wiring = wiring.withLock({ $0 }) else {
            preconditionFailure("authorization was asked for before assembly")
        }
        try await wiring.authorizer.authorize(requests, in: context)
    }

    private func perform(
        _ operation: String, of service: String, _ input: any Structure,
        in context: RequestContext
    ) async throws -> any Structure {
        guard let wiring = wiring.withLock({ $0 }) else {
            preconditionFailure("a service was called before assembly")
        }
        guard let served = wiring.router.service(named: service)?.operation(named: operation) else {
            throw CommonError.notServed(operation: operation, service: service)
        }
        try await wiring.authorizer.authorize(served.access(input, context), in: context)
        return try await served.handle(input, context)
    }
}

extension RequestContext {
    /// The context of a call that a service makes because of this request: the same trace, another principal.
    ///
    /// - Parameter source: the resource on whose behalf the service calls.
    package func acting(as principal: Principal, requestID: String, for source: ARN? = nil)
        -> RequestContext
    {
        var context = self
        context.principal = principal
        context.sourceARN = source
        context.accessKeyID = nil
        context.session = nil
        context.calledVia = []
        context.requestID = requestID
        return context
    }

    /// The context of a call that a service makes for the principal of this request, who needs the right to it
    /// (`aws:CalledVia`, `aws:ViaAWSService`).
    ///
    /// - Parameter service: such as `ssm.amazonaws.com`.
    package func calling(via service: String) -> RequestContext {
        var context = self
        context.calledVia.append(service)
        return context
    }
}
