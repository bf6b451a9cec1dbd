import NIOCore
import NIOPosix

/// Carries connections out of a sandbox to Apus's own port, and to nothing else.
enum EndpointRelay {
    /// Accepts on `listener`, a listening socket of the sandbox, and relays to `port` on the host's loopback.
    static func start(listener: Int32, port: Int, on loop: any EventLoop) -> EventLoopFuture<
        any Channel
    > {
        ServerBootstrap(group: loop)
            .childChannelOption(.autoRead, value: false)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { inner in
                connect(inner, port: port, on: inner.eventLoop)
            }
            .withBoundSocket(listener)
    }

    private static func connect(_ inner: any Channel, port: Int, on loop: any EventLoop)
        -> EventLoopFuture<Void>
    {
        ClientBootstrap(group: loop)
            .channelOption(.autoRead, value: false)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port)
            .flatMapThrowing { outer in
                try inner.pipeline.syncOperations.addHandler(RelayHandler(to: outer))
                try outer.pipeline.syncOperations.addHandler(RelayHandler(to: inner))
                outer.read()
            }
    }
}

/// One direction of a relayed connection. The next bytes are read when the last ones are written.
private final class RelayHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let peer: any Channel

    init(to peer: any Channel) { self.peer = peer }

    func channelActive(context: ChannelHandlerContext) {
        context.read()
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let channel = context.channel
        peer.writeAndFlush(unwrapInboundIn(data)).whenComplete { result in
            switch result {
            case .success: channel.read()
            case .failure: channel.close(promise: nil)
            }
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { peer.close(mode: .output, promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        peer.close(promise: nil)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
