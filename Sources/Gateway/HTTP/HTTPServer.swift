import Logging
import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOHTTPTypes
import NIOHTTPTypesHTTP2
import NIOPosix
import NIOSSL
import ServiceLifecycle

/// One port that speaks HTTP/1.1, HTTP/2 without negotiation, and both over TLS where there is a certificate.
struct HTTPServer: Sendable {
    typealias Requests = NIOAsyncChannel<RequestPart, HTTPResponsePart>

    /// A connection whose protocol is known.
    enum Connection: Sendable {
        case http1(Requests, Peer)
        case http2(NIOHTTP2Handler.AsyncStreamMultiplexer<Requests>, Peer)
    }

    let host: String
    let port: Int
    let tls: NIOSSLContext?
    let limits: GatewayLimits
    let logger: Logger
    let boundPort: BoundPort
    let respond: HTTPConnection.Responder

    /// Serves until the task is cancelled or a graceful shutdown is over.
    ///
    /// - Throws: `IOError` where the port cannot be bound.
    func run() async throws {
        let connections = ConnectionSet()
        let listener: NIOAsyncChannel<EventLoopFuture<Connection>, Never>
        do {
            listener = try await bind(connections)
        } catch {
            boundPort.announce(.failure(error))
            throw error
        }
        boundPort.announce(.success(listener.channel.localAddress?.port ?? port))
        try await withTaskCancellationOrGracefulShutdownHandler {
            try await serve(listener, connections)
        } onCancelOrGracefulShutdown: {
            listener.channel.close(promise: nil)
            connections.quiesce()
        }
    }

    private func bind(
        _ connections: ConnectionSet
    ) async throws -> NIOAsyncChannel<EventLoopFuture<Connection>, Never> {
        try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            // A client that has sent its last request may shut its side before it reads the answer.
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .bind(host: host, port: port) { channel in
                connections.add(channel)
                return channel.eventLoop.makeCompletedFuture { try sniff(channel) }
            }
    }

    private func serve(
        _ listener: NIOAsyncChannel<EventLoopFuture<Connection>, Never>,
        _ connections: ConnectionSet
    ) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            do {
                try await listener.executeThenClose { accepted in
                    for try await connection in accepted {
                        group.addTask { await serve(connection) }
                    }
                }
            } catch  where Task.isCancelled || Task.isShuttingDownGracefully {
                logger.debug("the listener closed", metadata: ["error": "\(error)"])
            }
            let timeout = Task.isCancelled ? .zero : limits.drainTimeout
            await connections.drain(within: timeout, on: listener.channel.eventLoop)
            group.cancelAll()
        }
    }

    private func serve(_ connection: EventLoopFuture<Connection>) async {
        // It fails where the client left before it said a word.
        guard let connection = try? await connection.get() else { return }
        switch connection {
        case .http1(let channel, let peer): await serve(channel, peer)
        case .http2(let streams, let peer):
            await withDiscardingTaskGroup { group in
                do {
                    for try await stream in streams.inbound {
                        group.addTask { await serve(stream, peer) }
                    }
                } catch {
                    logger.debug("an HTTP/2 connection broke", metadata: ["error": "\(error)"])
                }
            }
        }
    }

    private func serve(_ channel: Requests, _ peer: Peer) async {
        let connection = HTTPConnection(
            channel: channel, peer: peer, limits: limits, logger: logger, respond: respond)
        await withTaskExecutorPreference(EventLoopTaskExecutor(channel.channel.eventLoop)) {
            await connection.serve()
        }
    }
}

// MARK: - Pipelines

extension HTTPServer {
    /// Puts the sniffer into a new connection; the result comes when it has decided.
    private func sniff(_ channel: any Channel) throws -> EventLoopFuture<Connection> {
        let promise = channel.eventLoop.makePromise(of: Connection.self)
        let sourceIP = channel.remoteAddress?.ipAddress ?? ""
        let sniffer = ProtocolSniffer(tls: tls, limits: limits) { spoken, isEncrypted, pipeline in
            let peer = Peer(sourceIP: sourceIP, isEncrypted: isEncrypted)
            switch spoken {
            case .http1:
                promise.succeed(.http1(try setUpHTTP1(channel, pipeline), peer))
            case .http2:
                // Nobody shuts one side of HTTP/2: the end of what a client sends is the end of the connection.
                try channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: false)
                promise.succeed(.http2(try setUpHTTP2(pipeline), peer))
            }
        } failed: { error in
            promise.fail(error)
        }
        try channel.pipeline.syncOperations.addHandler(sniffer)
        return promise.futureResult
    }

    private func setUpHTTP1(
        _ channel: any Channel, _ pipeline: ChannelPipeline.SynchronousOperations
    ) throws -> Requests {
        var decoding = NIOHTTPDecoderLimitConfiguration()
        decoding.maxHeaderFieldSize = limits.headerFieldBytes
        decoding.maxHeaderListSize = limits.headerBytes
        decoding.maxHeaderFieldCount = limits.headerFields
        // The response writer frames responses itself, since NIO's encoder does not know which answer a HEAD.
        var encoding = HTTPResponseEncoder.Configuration()
        encoding.automaticallySetFramingHeaders = false
        try pipeline.configureHTTPServerPipeline(
            withPipeliningAssistance: false, withErrorHandling: false,
            withOutboundHeaderValidation: false, withEncoderConfiguration: encoding,
            withDecoderLimitConfiguration: decoding)
        try pipeline.addHandler(HTTP1Codec())
        try pipeline.addHandler(ConnectionGuard(limits: limits))
        return try NIOAsyncChannel(
            wrappingChannelSynchronously: channel,
            configuration: .init(isOutboundHalfClosureEnabled: true))
    }

    private func setUpHTTP2(
        _ pipeline: ChannelPipeline.SynchronousOperations
    ) throws -> NIOHTTP2Handler.AsyncStreamMultiplexer<Requests> {
        var configuration = NIOHTTP2Handler.Configuration()
        configuration.connection.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: 100),
            HTTP2Setting(parameter: .maxHeaderListSize, value: limits.headerBytes),
        ]
        let guardian = HTTP2ConnectionGuard(limits: limits)
        let bound = NIOLoopBound(guardian, eventLoop: pipeline.eventLoop)
        let streams = try pipeline.configureAsyncHTTP2Pipeline(
            mode: .server,
            connectionManagerConfiguration: .init(
                maxIdleTime: limits.idleTimeout, maxAge: nil, maxGraceTime: limits.drainTimeout,
                keepalive: nil),
            http2HandlerConfiguration: configuration
        ) { stream in
            stream.eventLoop.makeCompletedFuture {
                bound.value.requestBegins()
                let pipeline = stream.pipeline.syncOperations
                try pipeline.addHandler(HTTP2FramePayloadToHTTPServerCodec())
                try pipeline.addHandler(HTTP2Codec())
                try pipeline.addHandler(ConnectionGuard(limits: limits))
                return try Requests(
                    wrappingChannelSynchronously: stream,
                    configuration: .init(isOutboundHalfClosureEnabled: true))
            }
        }
        // The guard stands where it sees what the manager writes.
        let manager = try pipeline.handler(type: NIOHTTP2ServerConnectionManagementHandler.self)
        try pipeline.addHandler(guardian, position: .before(manager))
        return streams
    }
}
