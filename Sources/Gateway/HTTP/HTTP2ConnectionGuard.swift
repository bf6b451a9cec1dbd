import NIOCore
import NIOHTTP2

/// Closes an HTTP/2 connection that never has a request, and one whose client does not let it end well.
///
/// The connection manager says goodbye to a connection that is idle or drained, and then waits for the client to
/// acknowledge it, without a limit: a client that is gone never does.
final class HTTP2ConnectionGuard: ChannelOutboundHandler {
    typealias OutboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    private enum State {
        /// Waits for the first request. Becomes `serving` or `leaving`.
        case waiting(Scheduled<Void>)
        /// The manager watches over the connection. Becomes `leaving`.
        case serving
        /// Said goodbye.
        case leaving(Scheduled<Void>)
    }

    private let limits: GatewayLimits
    private var state = State.serving

    init(limits: GatewayLimits) {
        self.limits = limits
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        state = .waiting(
            context.eventLoop.scheduleTask(in: limits.headTimeout) {
                bound.value.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
            })
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        cancelTimer()
    }

    /// Says that a request has come.
    func requestBegins() {
        guard case .waiting = state else { return }
        cancelTimer()
        state = .serving
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .goAway = unwrapOutboundIn(data).payload { leave(context) }
        context.write(data, promise: promise)
    }

    private func leave(_ context: ChannelHandlerContext) {
        if case .leaving = state { return }
        cancelTimer()
        let channel = context.channel
        state = .leaving(
            context.eventLoop.scheduleTask(in: limits.drainTimeout) { channel.close(promise: nil) })
    }

    private func cancelTimer() {
        switch state {
        case .waiting(let timer), .leaving(let timer): timer.cancel()
        case .serving: break
        }
    }
}
