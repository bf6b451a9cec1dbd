import HTTPTypes
import NIOCore
import NIOHTTPTypes
import Wire

/// Writes responses to a connection, framed so that the client knows where each ends.
struct ResponseWriter: Sendable {
    /// A stream gave more or fewer bytes than it promised.
    struct LengthMismatch: Error {}

    /// The bytes of a stream that may be on their way to the event loop.
    private static let windowBytes = 256 * 1024

    let outbound: NIOAsyncChannelOutboundWriter<HTTPResponsePart>
    let eventLoop: any EventLoop

    /// The fields that belong to one connection and are ours to set (RFC 9110, section 7.6.1).
    private static let hopByHop: [HTTPField.Name] = [
        .connection, .transferEncoding, .upgrade, .keepAlive, .proxyConnection,
    ]

    /// Writes a whole response; what flows is taken as fast as the client takes it.
    ///
    /// - Throws: where the response could not be finished; the connection then has to go.
    func write(
        _ response: WireResponse, answering head: RequestHead, thenClose: Bool
    ) async throws {
        var fields = response.headers
        for name in Self.hopByHop { fields[name] = nil }
        if thenClose, head.version != .http2 { fields[.connection] = "close" }
        let status = HTTPResponse.Status(code: response.status)
        let hasBody = head.method != .head && Self.mayHaveBody(response.status)
        switch response.body {
        case .bytes(let bytes):
            if hasBody || (head.method == .head && fields[.contentLength] == nil) {
                fields[.contentLength] = String(bytes.readableBytes)
            }
            if response.status == 204 { fields[.contentLength] = nil }
            let start = HTTPResponsePart.head(HTTPResponse(status: status, headerFields: fields))
            if hasBody, bytes.readableBytes > 0 {
                try await outbound.write(contentsOf: [start, .body(bytes), .end(nil)])
            } else {
                try await outbound.write(contentsOf: [start, .end(nil)])
            }
        case .stream(let stream, let length):
            if let length {
                fields[.contentLength] = String(length)
            } else if hasBody {
                fields[.contentLength] = nil
                if head.version == .http11 { fields[.transferEncoding] = "chunked" }
            }
            try await outbound.write(.head(HTTPResponse(status: status, headerFields: fields)))
            if hasBody { try await write(stream, length: length) }
            try await outbound.write(.end(nil))
        }
    }

    private func write(
        _ stream: any AsyncSequence<ByteBuffer, any Error> & Sendable, length: Int?
    ) async throws {
        var (count, window) = (0, 0)
        for try await part in stream {
            count += part.readableBytes
            window += part.readableBytes
            guard count <= length ?? .max else { throw LengthMismatch() }
            try await outbound.write(.body(part))
            // A write waits only once the event loop has seen that the client takes no more: let it look.
            if window >= Self.windowBytes {
                window = 0
                try await eventLoop.submit {}.get()
            }
        }
        guard count == length ?? count else { throw LengthMismatch() }
    }

    private static func mayHaveBody(_ status: Int) -> Bool {
        status >= 200 && status != 204 && status != 304
    }
}

extension HTTPField.Name {
    fileprivate static let keepAlive = HTTPField.Name("Keep-Alive")!
    fileprivate static let proxyConnection = HTTPField.Name("Proxy-Connection")!
}
