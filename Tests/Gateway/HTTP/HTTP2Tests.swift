import Gateway
import HTTPTypes
import NIOCore
import NIOHTTP2
import NIOHTTPTypes
import NIOHTTPTypesHTTP2
import NIOPosix
import Testing

/// HTTP/2 without negotiation, on the port that speaks HTTP/1.1 too.
@Suite("HTTP/2", .timeLimit(.minutes(10)))
struct HTTP2Tests {
    private typealias Stream = NIOAsyncChannel<HTTPResponsePart, HTTPRequestPart>

    private static func connect(
        to port: Int
    ) async throws -> (any Channel, NIOHTTP2Handler.AsyncStreamMultiplexer<Never>) {
        try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.configureAsyncHTTP2Pipeline(mode: .client) {
                    stream -> EventLoopFuture<Never> in
                    stream.eventLoop.makeFailedFuture(ChannelError.operationUnsupported)
                }.map { (channel, $0) }
            }
    }

    private static func call(
        _ connection: NIOHTTP2Handler.AsyncStreamMultiplexer<Never>, _ method: HTTPRequest.Method,
        _ path: String, _ body: String
    ) async throws -> (HTTPResponse?, String) {
        let stream = try await connection.openStream { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(HTTP2FramePayloadToHTTPClientCodec())
                return try Stream(wrappingChannelSynchronously: channel)
            }
        }
        return try await stream.executeThenClose { inbound, outbound in
            let head = HTTPRequest(
                method: method, scheme: "http", authority: "abc.lambda-url.localhost", path: path)
            try await outbound.write(.head(head))
            if !body.isEmpty { try await outbound.write(.body(ByteBuffer(string: body))) }
            try await outbound.write(.end(nil))
            var (response, text): (HTTPResponse?, String) = (nil, "")
            for try await part in inbound {
                switch part {
                case .head(let head): response = head
                case .body(let bytes): text += String(buffer: bytes)
                case .end: break
                }
            }
            return (response, text)
        }
    }

    @Test("requests of one connection are answered side by side, with no fields of HTTP/1.1")
    func streams() async throws {
        let gateway = try TestGateway()
        try await gateway.serve { port in
            let (channel, connection) = try await Self.connect(to: port)
            async let held = Self.call(connection, .get, "/hold", "")
            await gateway.latch.waitForArrival()
            let (response, text) = try await Self.call(connection, .post, "/echo", "hello")
            #expect(response?.status == .ok)
            #expect(response?.headerFields[.transferEncoding] == nil)
            #expect(response?.headerFields[.connection] == nil)
            #expect(text == "hello")
            gateway.latch.open()
            #expect(try await held.1 == "held")
            try await channel.close()
        }
    }

    /// The preface and an empty `SETTINGS` frame (RFC 9113, section 3.4), as bytes of a client that says no more.
    private static let greeting = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u{4}\0\0\0\0\0"

    @Test("a connection that is idle after a request is closed", arguments: 0..<8)
    func idle(number: Int) async throws {
        try await TestGateway { $0.limits.idleTimeout = .milliseconds(1) }.serve { port in
            let (channel, connection) = try await Self.connect(to: port)
            #expect(try await Self.call(connection, .get, "/a", "").1.contains("lambda-url abc"))
            try await channel.closeFuture.get()
        }
    }

    @Test("a connection is not idle while a request is under way")
    func busy() async throws {
        let gateway = try TestGateway { $0.limits.idleTimeout = .milliseconds(1) }
        try await gateway.serve { port in
            let (channel, connection) = try await Self.connect(to: port)
            async let held = Self.call(connection, .get, "/hold", "")
            await gateway.latch.waitForArrival()
            try await channel.eventLoop.scheduleTask(in: .milliseconds(20)) {}.futureResult.get()
            gateway.latch.open()
            #expect(try await held.1 == "held")
            try await channel.closeFuture.get()
        }
    }

    @Test("a connection without a request is closed, though the client never says a word more")
    func silent() async throws {
        try await TestGateway {
            $0.limits.headTimeout = .milliseconds(20)
            $0.limits.drainTimeout = .milliseconds(20)
        }.serve { port in
            try await RawClient.connect(to: port) { client in
                try await client.send(Self.greeting)
                _ = try await client.readToEnd()
            }
        }
    }
}
