import HTTPTypes
import Logging
import Platform
import ServiceKit
import Wire

/// A request on its way through the chain, and what has been found out about it.
struct Exchange: Sendable {
    var request: WireRequest
    let peer: Peer
    let requestID: String
    let traceHeader: String
    let time: Instant
    let started: ContinuousClock.Instant
    /// The host that the client called.
    let host: HostName
    let origin: Origin
    /// The region of a request that names none.
    let defaultRegion: String
    /// The log of the gateway; `logger` is that of the request.
    let gatewayLogger: Logger
    /// The API that the request is for, once it is known; errors are worded in it.
    var api: API?
    var account = Identity.defaultAccount
    /// Who decides which web pages may read the answer, where the service's users say so.
    var crossOriginRules: (any CrossOriginRules)?
    /// A hosted thing is addressed, whose cross-origin rules are its own.
    var isHosted = false

    /// The log of the request, with its identifier; made for the few requests that write one.
    var logger: Logger {
        var logger = gatewayLogger
        logger[metadataKey: "request-id"] = "\(requestID)"
        return logger
    }

    /// A service, the protocol that the request speaks to it, and the operation that it names.
    struct API: Sendable {
        var service: ServiceSchema
        var wireProtocol: WireProtocol
        var operation: OperationSchema?

        var codec: any WireCodec { wireProtocol.codec }
        var dialect: SignatureDialect { SignatureDialect(service.description, wireProtocol) }
    }

    /// The context in which the request is served.
    ///
    /// - Parameter region: What the host name or the path gives; the signature's scope counts more.
    func context(of identity: Identity, region: String?) -> RequestContext {
        var context = RequestContext(
            account: identity.account, region: identity.region ?? region ?? defaultRegion,
            principal: identity.principal, accessKeyID: identity.accessKeyID,
            requestID: requestID, traceHeader: traceHeader, time: time, origin: origin,
            sourceIP: peer.sourceIP, userAgent: request.headers[.userAgent] ?? "",
            logger: gatewayLogger)
        context.session = identity.session
        return context
    }
}
