import ServiceKit
import Wire

/// Finds the operation that a request to an API names, and its handler.
struct OperationFinder: Sendable {
    let router: OperationRouter

    /// Finds it, and notes the API in `exchange`, so that an error is worded in its protocol.
    ///
    /// - Throws: `AWSError`: the codec's where there is no such operation; `NotImplemented` (501) where nobody serves it.
    func find(_ endpoint: Endpoint, _ exchange: inout Exchange) throws -> (
        OperationSchema, ServedOperation
    ) {
        var failure: (any Error)?
        for description in endpoint.services {
            let wireProtocol = WireProtocol.spoken(by: exchange.request, to: description)
            let service = description.schema()
            if exchange.api == nil {
                exchange.api = Exchange.API(service: service, wireProtocol: wireProtocol)
            }
            do {
                let operation = try wireProtocol.codec.operation(for: exchange.request, in: service)
                exchange.api = Exchange.API(
                    service: service, wireProtocol: wireProtocol, operation: operation)
                return (operation, try handler(of: operation, description))
            } catch {
                failure = failure ?? error
            }
        }
        guard let failure else { preconditionFailure("an endpoint has a service") }
        throw failure
    }

    private func handler(
        of operation: OperationSchema, _ service: ServiceDescription
    ) throws -> ServedOperation {
        guard
            let served = router.service(named: service.name)?.operation(named: operation.name)
        else { throw CommonError.notServed(operation: operation.name, service: service.name) }
        return served
    }
}
