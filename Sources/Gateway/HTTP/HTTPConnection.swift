import HTTPTypes
import Logging
import NIOCore
import NIOHTTPTypes
import Wire

/// One connection, or one stream of an HTTP/2 connection: its requests are answered one after the other.
///
/// A client may send the next request before the answer to the last (pipelining): it waits in the channel, whose
/// back-pressure bounds how much waits.
struct HTTPConnection: Sendable {
    /// Answers a request.
    typealias Responder = @Sendable (WireRequest, Peer) async -> WireResponse

    /// A response that has begun and cannot be finished: nothing may follow it.
    struct BrokenResponse: Error {
        let cause: any Error
    }

    let channel: NIOAsyncChannel<RequestPart, HTTPResponsePart>
    let peer: Peer
    let limits: GatewayLimits
    let logger: Logger
    let respond: Responder

    /// Serves the connection until it ends.
    func serve() async {
        do {
            try await channel.executeThenClose { inbound, outbound in
                let writer = ResponseWriter(
                    outbound: outbound, eventLoop: channel.channel.eventLoop)
                let requests = RequestStream(inbound) {
                    try await outbound.write(.head(HTTPResponse(status: .continue)))
                }
                do {
                    try await answer(requests, writer)
                } catch let failure as HTTPFailure {
                    try await refuse(failure, writer)
                }
                outbound.finish()
                await linger(requests)
            }
        } catch {
            logger.debug("a connection broke", metadata: ["error": "\(error)"])
        }
    }

    private func answer(_ requests: RequestStream, _ writer: ResponseWriter) async throws {
        while let (head, body) = try await requests.next() {
            let response = await respond(Self.request(head, body), peer)
            let persists = head.isPersistent && requests.isReusable
            do {
                try await writer.write(response, answering: head, thenClose: !persists)
            } catch {
                throw BrokenResponse(cause: error)
            }
            guard persists, await requests.finish(upTo: limits.drainedBodyBytes) else { return }
        }
    }

    private static func request(_ head: RequestHead, _ body: RequestBody) -> WireRequest {
        let parts = head.target.parts(at: "?", maxSplits: 1)
        let length = head.fields[.contentLength].flatMap { Int($0) }
        let hasBody =
            length ?? 0 > 0 || head.fields[.transferEncoding] != nil
            || (head.version == .http2 && length == nil)
        return WireRequest(
            method: head.method, path: String(parts[0]),
            query: parts.count == 2 ? String(parts[1]) : "", headers: head.fields,
            body: hasBody ? .stream(body, length: length) : .empty)
    }

    /// Answers what is no request, so that its sender learns why the connection ends.
    private func refuse(_ failure: HTTPFailure, _ writer: ResponseWriter) async throws {
        let status =
            switch failure {
            case .malformed: 400
            case .headTooLarge: 431
            case .timeout: 408
            case .bodyUnavailable: 400
            }
        let head = RequestHead(
            method: .get, target: "/", fields: [:], version: .http11, isPersistent: false)
        try await writer.write(WireResponse(status: status), answering: head, thenClose: true)
    }

    /// Reads on while the client takes the last answer: to close at once would reset the connection and take the
    /// answer from a client that is still sending.
    private func linger(_ requests: RequestStream) async {
        let channel = channel.channel
        let deadline = channel.eventLoop.scheduleTask(in: limits.stallTimeout) {
            channel.close(promise: nil)
        }
        await requests.discard(upTo: limits.drainedBodyBytes)
        deadline.cancel()
    }
}
