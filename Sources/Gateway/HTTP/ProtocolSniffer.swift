import NIOCore
import NIOSSL

/// Finds out from a connection's first bytes what it speaks, so that one port serves HTTP/1.1, HTTP/2 and TLS.
///
/// A TLS handshake puts the TLS handler in front of this one, which then looks at the decrypted bytes: a client that
/// negotiated `h2` begins with HTTP/2's preface as well.
final class ProtocolSniffer: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// What a connection speaks.
    enum Spoken {
        case http1
        case http2
    }

    /// RFC 9113, section 3.4.
    private static let preface: [UInt8] = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    /// The content type of a TLS record that holds a handshake (RFC 8446, section 5.1).
    private static let handshake: UInt8 = 0x16

    private let tls: NIOSSLContext?
    private let limits: GatewayLimits
    private let decided:
        (Spoken, _ isEncrypted: Bool, ChannelPipeline.SynchronousOperations) throws -> Void
    private let failed: (any Error) -> Void
    private var buffer = ByteBuffer()
    private var isEncrypted = false
    private var isDecided = false
    private var timer: Scheduled<Void>?

    /// - Parameters:
    ///   - decided: Sets the pipeline up behind this handler, which then leaves it.
    ///   - failed: The connection ended before it spoke.
    init(
        tls: NIOSSLContext?, limits: GatewayLimits,
        decided: @escaping (Spoken, Bool, ChannelPipeline.SynchronousOperations) throws -> Void,
        failed: @escaping (any Error) -> Void
    ) {
        self.tls = tls
        self.limits = limits
        self.decided = decided
        self.failed = failed
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let channel = context.channel
        timer = context.eventLoop.scheduleTask(in: limits.headTimeout) {
            channel.close(promise: nil)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        if !isDecided { failed(ChannelError.eof) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        buffer.writeBuffer(&bytes)
        do {
            if let tls, !isEncrypted, buffer.readableBytesView.first == Self.handshake {
                try startTLS(tls, context)
            } else if let spoken = spoken {
                try settle(spoken, context)
            }
        } catch {
            context.close(promise: nil)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent { return context.close(promise: nil) }
        if case ChannelEvent.inputClosed = event { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private var spoken: Spoken? {
        let bytes = buffer.readableBytesView.prefix(Self.preface.count)
        guard Self.preface.starts(with: bytes) else { return .http1 }
        return bytes.count == Self.preface.count ? .http2 : nil
    }

    private func startTLS(_ tls: NIOSSLContext, _ context: ChannelHandlerContext) throws {
        isEncrypted = true
        let pipeline = context.pipeline
        try pipeline.syncOperations.addHandler(
            NIOSSLServerHandler(context: tls), position: .before(self))
        let first = buffer
        buffer = ByteBuffer()
        pipeline.fireChannelRead(first)
    }

    private func settle(_ spoken: Spoken, _ context: ChannelHandlerContext) throws {
        try decided(spoken, isEncrypted, context.pipeline.syncOperations)
        isDecided = true
        context.fireChannelRead(wrapInboundOut(buffer))
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }
}
