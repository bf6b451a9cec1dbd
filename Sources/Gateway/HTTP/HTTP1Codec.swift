import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Turns NIO's HTTP/1.1 messages into the parts that the gateway serves, and checks what NIO's parser does not.
///
/// It also ends the connection well: once the server quiesces, every answer says `Connection: close`.
final class HTTP1Codec: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = RequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private var isQuiescing = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            guard let head = Self.requestHead(head) else {
                return context.fireErrorCaught(HTTPFailure.malformed)
            }
            context.fireChannelRead(wrapInboundOut(.head(head)))
        case .body(let bytes): context.fireChannelRead(wrapInboundOut(.body(bytes)))
        case .end: context.fireChannelRead(wrapInboundOut(.end))
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case HTTPParserError.headerOverflow: context.fireErrorCaught(HTTPFailure.headTooLarge)
        case is HTTPParserError: context.fireErrorCaught(HTTPFailure.malformed)
        default: context.fireErrorCaught(error)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent { isQuiescing = true }
        context.fireUserInboundEventTriggered(event)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            var headers = HTTPHeaders()
            headers.reserveCapacity(head.headerFields.count + 1)
            for field in head.headerFields {
                headers.add(name: field.name.rawName, value: field.value)
            }
            if isQuiescing, head.status.kind != .informational {
                headers.replaceOrAdd(name: "Connection", value: "close")
            }
            let status = HTTPResponseStatus(statusCode: head.status.code)
            context.write(
                wrapOutboundOut(.head(.init(version: .http1_1, status: status, headers: headers))),
                promise: promise)
        case .body(let bytes):
            context.write(wrapOutboundOut(.body(.byteBuffer(bytes))), promise: promise)
        case .end:
            context.write(wrapOutboundOut(.end(nil)), promise: promise)
        }
    }

    /// The head, or `nil` where it is not one that a client may send (RFC 9112, sections 3.2 and 3.2.3).
    private static func requestHead(_ head: HTTPRequestHead) -> RequestHead? {
        guard let method = HTTPRequest.Method(head.method.rawValue), method != .connect,
            let target = originForm(head.uri)
        else { return nil }
        var fields = HTTPFields()
        fields.reserveCapacity(head.headers.count)
        var hosts = 0
        for (name, value) in head.headers {
            guard let name = HTTPField.Name(name) else { return nil }
            if name == .hostName { hosts += 1 }
            fields.append(HTTPField(name: name, value: value))
        }
        let isOld = head.version.major < 1 || head.version == .http1_0
        guard hosts == 1 || (hosts == 0 && isOld) else { return nil }
        return RequestHead(
            method: method, target: target, fields: fields, version: isOld ? .http10 : .http11,
            isPersistent: head.isKeepAlive)
    }

    /// The path and query of a request target that may be an absolute URL, as clients of proxies send it.
    private static func originForm(_ target: String) -> String? {
        if target.utf8.first == UInt8(ascii: "/") || target == "*" { return target }
        guard let scheme = ["http://", "https://"].first(where: target.hasPrefix) else {
            return nil
        }
        let rest = target.dropFirst(scheme.count)
        guard let path = rest.firstIndex(where: { $0 == "/" || $0 == "?" }) else { return "/" }
        return rest[path] == "/" ? String(rest[path...]) : "/" + rest[path...]
    }
}
