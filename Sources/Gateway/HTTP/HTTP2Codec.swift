import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Turns an HTTP/2 stream's request into the parts that the gateway serves.
final class HTTP2Codec: ChannelInboundHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = RequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            guard let target = head.path, head.method != .connect else {
                return context.fireErrorCaught(HTTPFailure.malformed)
            }
            var fields = head.headerFields
            if let authority = head.authority { fields[.hostName] = authority }
            let requestHead = RequestHead(
                method: head.method, target: target, fields: fields, version: .http2,
                isPersistent: false)
            context.fireChannelRead(wrapInboundOut(.head(requestHead)))
        case .body(let bytes): context.fireChannelRead(wrapInboundOut(.body(bytes)))
        case .end: context.fireChannelRead(wrapInboundOut(.end))
        }
    }
}
