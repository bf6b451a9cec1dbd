import HTTPTypes
import Logging
import Platform
import ServiceKit
import Wire

/// Gives a request what it has from the first: an identifier, a trace, a time, and the address under which the client found Apus.
struct ExchangeOpener: Sendable {
    /// The bytes of a trace header that is passed on; a longer one is replaced.
    private static let traceLimit = 1024

    let clock: any Clock
    let randomness: any Randomness
    let resolver: ServiceResolver
    /// The domain of hosted things where the client's own host name gives none.
    let baseDomain: String
    /// The region of requests that name none.
    let defaultRegion: String
    let logger: Logger

    func open(_ request: WireRequest, from peer: Peer) -> Exchange {
        let time = clock.now
        let host = resolver.host(of: request)
        return Exchange(
            request: request, peer: peer, requestID: randomness.uuid(),
            traceHeader: trace(of: request, at: time), time: time, started: clock.uptime,
            host: host, origin: origin(of: request, host, peer), defaultRegion: defaultRegion,
            gatewayLogger: logger)
    }

    /// <https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader>
    private func trace(of request: WireRequest, at time: Instant) -> String {
        if let trace = request.headers[.amznTraceID], trace.utf8.count <= Self.traceLimit,
            !trace.isEmpty
        {
            return trace
        }
        let seconds = Hexadecimal.string(UInt64(bitPattern: time.seconds), digits: 8)
        return "Root=1-\(seconds)-\(Hexadecimal.string(randomness.bytes(12)))"
    }

    private func origin(of request: WireRequest, _ host: HostName, _ peer: Peer) -> Origin {
        let forwarded = request.headers[.forwardedProto]?.lowercased()
        let scheme = forwarded.flatMap { ["http", "https"].contains($0) ? $0 : nil }
        return Origin(
            scheme: scheme ?? (peer.isEncrypted ? "https" : "http"),
            host: host.name.isEmpty ? baseDomain : host.name, port: host.port,
            baseDomain: host.baseDomain ?? baseDomain)
    }
}
