import NIOCore
import NIOHTTP1
import Sandbox

/// One connection of a runtime to the Lambda Runtime API, version 2018-06-01
/// (docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
///
/// Requests are handled in their order. A runtime may send its answer and the question for the next event
/// at once.
final class RuntimeAPIConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private enum Call {
        case next
        case response(requestID: String)
        case error(requestID: String)
        case initError
        case ofExtension(ExtensionCall)
        /// The rest of the request is skipped, because it has been answered.
        case answered
    }

    private static let prefix = "/2018-06-01/runtime/"
    private static let accepted = response(202, #"{"status":"OK"}"#)

    private let delegate: any RuntimeAPIDelegate
    private var call = Call.answered
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    private var receivedBytes = 0
    private var isStreamed = false
    private var stream: ResponseStream?

    init(delegate: any RuntimeAPIDelegate) {
        self.delegate = delegate
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context)
        case .body(let bytes): receive(bytes, context)
        case .end(let trailers): end(trailers, context)
        }
    }

    /// What was answered leaves now. But where the question for the next event followed, it leaves with that
    /// event, so that the runtime wakes up once.
    func channelReadComplete(context: ChannelHandlerContext) {
        if case .next = call { return }
        context.flush()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    // MARK: - A request

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        self.head = head
        body = []
        receivedBytes = 0
        stream = nil
        isStreamed =
            head.headers.first(name: "Lambda-Runtime-Function-Response-Mode") == "streaming"
        guard let call = Self.call(of: head) else {
            self.call = .answered
            return respond(404, #"{"errorMessage":"Not found","errorType":"NotFound"}"#, context)
        }
        self.call = call
        switch call {
        case .response(let id), .error(let id):
            if let rejection = delegate.rejection(ofAnswerTo: id) {
                return reject(rejection, context)
            }
        case .next, .initError, .ofExtension, .answered: break
        }
        if case .response(let id) = call, isStreamed {
            stream = delegate.runtimeStreams(
                id, contentType: head.headers.first(name: "Content-Type"))
        }
        if head.headers.first(name: "Expect")?.lowercased() == "100-continue" {
            write(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n"), context)
        }
    }

    private func receive(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        receivedBytes += bytes.readableBytes
        switch call {
        case .answered, .next: return
        case .response(let id):
            let limit =
                stream == nil ? SandboxLimits.responseBytes : SandboxLimits.streamedResponseBytes
            guard receivedBytes <= limit else {
                _ = delegate.runtimeAnswered(id, with: .tooLarge)
                return reject(.responseTooLarge, context)
            }
        case .error, .initError, .ofExtension:
            guard receivedBytes <= SandboxLimits.errorBytes else {
                return reject(.responseTooLarge, context)
            }
        }
        if let stream {
            stream.write(Array(bytes.readableBytesView), from: context.channel)
        } else {
            if body.isEmpty,
                let length = head?.headers.first(name: "Content-Length").flatMap({ Int($0) })
            {
                body.reserveCapacity(min(length, SandboxLimits.responseBytes))
            }
            body.append(contentsOf: bytes.readableBytesView)
        }
    }

    private func end(_ trailers: HTTPHeaders?, _ context: ChannelHandlerContext) {
        guard let head else { return }
        let rejection: RuntimeAPIRejection?
        switch call {
        case .answered:
            return closeAfter(head, context)
        case .next:
            // The event is the response, whenever there is one.
            if let rejection = delegate.runtimeAskedForNext(
                on: WaitingRuntime(channel: context.channel, speaksFrames: false))
            {
                reject(rejection, context)
            }
            return
        case .ofExtension(let call):
            // An event is the response, whenever there is one.
            if let answer = call.perform(body, head, on: context.channel, delegate) {
                write(answer, context)
                closeAfter(head, context)
            }
            body = []
            return
        case .response(let id):
            rejection = delegate.runtimeAnswered(id, with: answer(trailers))
        case .error(let id):
            rejection = delegate.runtimeAnswered(
                id, with: .error(type: errorType(in: head.headers), payload: body))
        case .initError:
            rejection = delegate.runtimeInitFailed(
                errorType: errorType(in: head.headers), payload: body)
        }
        body = []
        if let rejection {
            reject(rejection, context)
        } else {
            write(Self.accepted, context)
        }
        closeAfter(head, context)
    }

    /// A streamed answer may turn out to be an error, which its trailers tell.
    private func answer(_ trailers: HTTPHeaders?) -> RuntimeAnswer {
        if let type = trailers?.first(name: "Lambda-Runtime-Function-Error-Type") {
            let encoded = trailers?.first(name: "Lambda-Runtime-Function-Error-Body") ?? ""
            return .error(type: type, payload: Base64.decode(encoded))
        }
        return .response(
            payload: body, contentType: isStreamed ? head?.headers.first(name: "Content-Type") : nil
        )
    }

    private func errorType(in headers: HTTPHeaders) -> String {
        headers.first(name: "Lambda-Runtime-Function-Error-Type") ?? "Unhandled"
    }

    private static func call(of head: HTTPRequestHead) -> Call? {
        if let call = ExtensionCall(head) { return .ofExtension(call) }
        guard head.uri.hasPrefix(prefix) else { return nil }
        let path = head.uri.dropFirst(prefix.count).split(
            separator: "/", omittingEmptySubsequences: false)
        switch (head.method, path.count) {
        case (.GET, 2) where path[0] == "invocation" && path[1] == "next": return .next
        case (.POST, 2) where path[0] == "init" && path[1] == "error": return .initError
        case (.POST, 3) where path[0] == "invocation" && path[2] == "response":
            return .response(requestID: String(path[1]))
        case (.POST, 3) where path[0] == "invocation" && path[2] == "error":
            return .error(requestID: String(path[1]))
        default: return nil
        }
    }

    // MARK: - A response

    private func reject(_ rejection: RuntimeAPIRejection, _ context: ChannelHandlerContext) {
        call = .answered
        stream = nil
        body = []
        respond(rejection.status, rejection.body, context)
    }

    private func respond(_ status: Int, _ json: String, _ context: ChannelHandlerContext) {
        write(Self.response(status, json), context)
    }

    static func response(
        _ status: Int, _ json: String, headers: String = ""
    ) -> ByteBuffer {
        let reason = HTTPResponseStatus(statusCode: status).reasonPhrase
        return ByteBuffer(
            string: """
                HTTP/1.1 \(status) \(reason)\r\nContent-Type: application/json\r\n\(headers)\
                Content-Length: \(json.utf8.count)\r\n\r\n\(json)
                """)
    }

    private func write(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(bytes), promise: nil)
    }

    private func closeAfter(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        guard !head.isKeepAlive else { return }
        context.flush()
        context.close(promise: nil)
    }
}
