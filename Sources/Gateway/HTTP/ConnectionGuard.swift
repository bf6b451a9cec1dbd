import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes a connection whose client keeps it busy without using it, and an idle one when the server quiesces.
///
/// What it waits for decides which timeout counts: a first head, a further head, the body that the request's handler
/// reads, or the client to take the answer. One timer serves them all: it looks when the next of them could have
/// passed, which costs a request nothing and lets a client stay up to twice as long.
final class ConnectionGuard: ChannelDuplexHandler {
    typealias InboundIn = RequestPart
    typealias InboundOut = RequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limits: GatewayLimits
    private var timer: Scheduled<Void>?
    /// When the connection last came to be without a request.
    private var idleSince = NIODeadline.now()
    /// When the client last was asked for bytes; `nil` while nobody reads.
    private var readingSince: NIODeadline?
    /// When the client last took bytes, while it takes none.
    private var blockedSince: NIODeadline?
    private var hadRequest = false
    private var isInBody = false
    private var isQuiescing = false
    /// The requests that have begun and are not answered.
    private var openRequests = 0

    init(limits: GatewayLimits) {
        self.limits = limits
    }

    func handlerAdded(context: ChannelHandlerContext) {
        schedule(
            context, at: .now() + min(limits.headTimeout, limits.idleTimeout, limits.stallTimeout))
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        readingSince = nil
        switch unwrapInboundIn(data) {
        case .head:
            openRequests += 1
            hadRequest = true
            isInBody = true
        case .body: break
        case .end: isInBody = false
        }
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        readingSince = readingSince ?? .now()
        context.read()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .end = unwrapOutboundIn(data) else {
            return context.write(data, promise: promise)
        }
        openRequests -= 1
        idleSince = .now()
        guard isQuiescing, openRequests <= 0 else { return context.write(data, promise: promise) }
        let written = promise ?? context.eventLoop.makePromise()
        let channel = context.channel
        written.futureResult.whenComplete { _ in channel.close(promise: nil) }
        context.write(data, promise: written)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        blockedSince = context.channel.isWritable ? nil : .now()
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        context.fireUserInboundEventTriggered(event)
        guard event is ChannelShouldQuiesceEvent else { return }
        isQuiescing = true
        if openRequests <= 0 { context.close(promise: nil) }
    }

    private func schedule(_ context: ChannelHandlerContext, at deadline: NIODeadline) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(deadline: deadline) {
            let (guardian, context) = bound.value
            guardian.look(context)
        }
    }

    private func look(_ context: ChannelHandlerContext) {
        let now = NIODeadline.now()
        if let blockedSince, blockedSince + limits.stallTimeout <= now {
            return context.close(promise: nil)
        }
        if isInBody {
            if let readingSince, readingSince + limits.stallTimeout <= now {
                context.fireErrorCaught(HTTPFailure.timeout)
            }
        } else if openRequests <= 0, idleSince + idleTimeout <= now {
            return context.close(promise: nil)
        }
        schedule(context, at: max(nextLook, now + .milliseconds(1)))
    }

    private var idleTimeout: TimeAmount { hadRequest ? limits.idleTimeout : limits.headTimeout }

    private var nextLook: NIODeadline {
        let stall = [blockedSince, isInBody ? readingSince : nil].compactMap { $0 }.min() ?? .now()
        let idle = openRequests > 0 ? NIODeadline.now() : idleSince
        return min(stall + limits.stallTimeout, idle + idleTimeout)
    }
}
