import NIOCore
import NIOHTTP1

/// Finds out whether a connection to the Runtime API speaks HTTP or our frames: no frame that begins a connection begins
/// as a request does.
final class RuntimeProtocolSniffer: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    private let delegate: any RuntimeAPIDelegate

    init(delegate: any RuntimeAPIDelegate) {
        self.delegate = delegate
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // Connections begin with `GET` or `POST`, or with the frames `N` or `I`.
        let first = unwrapInboundIn(data).readableBytesView.first
        let speaksFrames = first == UInt8(ascii: "N") || first == UInt8(ascii: "I")
        do {
            let pipeline = context.pipeline.syncOperations
            if speaksFrames {
                try pipeline.addHandler(RuntimeFrameConnection(delegate: delegate))
            } else {
                try pipeline.addHandlers(
                    ByteToMessageHandler(HTTPRequestDecoder()),
                    RuntimeAPIConnection(delegate: delegate))
            }
            context.fireChannelRead(data)
            context.fireChannelReadComplete()
            pipeline.removeHandler(context: context, promise: nil)
        } catch {
            context.close(promise: nil)
        }
    }
}
