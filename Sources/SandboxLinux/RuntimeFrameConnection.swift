import NIOCore
import Sandbox

/// The connection of one of our own runtimes: what the Runtime API says, in frames.
///
/// An event costs a runtime and the server less to read so than as HTTP. A frame of the runtime is a letter, the length of
/// what follows (4 bytes, big endian), and that. A frame of the server is an event (`Invocation.frame`), or empty where it
/// only says that it has taken what came before.
final class RuntimeFrameConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What a runtime says, by its letter.
    private enum Kind: UInt8 {
        /// It waits for an event.
        case next = 0x4E  // N
        /// The answer, and it waits for the next event.
        case response = 0x52  // R
        /// The event's error, and it waits for the next event.
        case error = 0x45  // E
        /// The event's error, after which the runtime ends. The server says that it has it.
        case fatal = 0x55  // U
        /// The function could not be loaded. The server says that it has it.
        case initError = 0x49  // I
        /// A streamed answer begins; the content type.
        case stream = 0x53  // S
        case chunk = 0x43  // C
        /// A streamed answer ends, well or with an error.
        case finished = 0x46  // F
        case broken = 0x58  // X
    }

    private static let headBytes = 5

    private let delegate: any RuntimeAPIDelegate
    private var pending = ByteBuffer()
    private var stream: ResponseStream?
    private var contentType: String?
    /// What came of a streamed answer, where the caller wants one buffered answer.
    private var streamed: [UInt8] = []
    private var streamedBytes = 0
    /// What is left of a frame that is too large to be kept.
    private var skippedBytes = 0

    init(delegate: any RuntimeAPIDelegate) {
        self.delegate = delegate
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        if pending.readableBytes == 0 {
            pending = bytes
        } else {
            pending.writeBuffer(&bytes)
        }
        while take(context) {}
        if pending.readableBytes == 0 { pending = ByteBuffer() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    /// Takes one frame, where it is there as a whole.
    private func take(_ context: ChannelHandlerContext) -> Bool {
        if skippedBytes > 0 {
            let count = min(skippedBytes, pending.readableBytes)
            pending.moveReaderIndex(forwardBy: count)
            skippedBytes -= count
            guard skippedBytes == 0 else { return false }
            return wait(context)
        }
        let start = pending.readerIndex
        guard let letter = pending.getInteger(at: start, as: UInt8.self),
            let length = pending.getInteger(at: start + 1, as: UInt32.self).map({ Int($0) })
        else { return false }
        guard let kind = Kind(rawValue: letter) else { return refuse(context) }
        guard length <= SandboxLimits.responseBytes else {
            return tooLarge(kind, length, context)
        }
        guard let body = pending.getSlice(at: start + Self.headBytes, length: length) else {
            pending.reserveCapacity(minimumWritableBytes: length)
            return false
        }
        pending.moveReaderIndex(forwardBy: Self.headBytes + length)
        return perform(kind, body, context)
    }

    private func perform(_ kind: Kind, _ body: ByteBuffer, _ context: ChannelHandlerContext) -> Bool
    {
        switch kind {
        case .next:
            return wait(context)
        case .response:
            let payload = Array(body.readableBytesView)
            return answer(.response(payload: payload, contentType: nil), context) && wait(context)
        case .error:
            return answer(Self.error(in: body), context) && wait(context)
        case .fatal:
            return answer(Self.error(in: body), context) && acknowledge(context)
        case .initError:
            guard case .error(let type, let payload) = Self.error(in: body) else { return false }
            let rejection = delegate.runtimeInitFailed(errorType: type, payload: payload)
            return rejection == nil ? acknowledge(context) : refuse(context)
        case .stream:
            contentType = String(buffer: body)
            (streamed, streamedBytes) = ([], 0)
            stream = delegate.runtimeStreams(
                delegate.servedRequestID, contentType: contentType)
            return true
        case .chunk:
            return receive(body, context)
        case .finished:
            defer { endStream() }
            return answer(.response(payload: streamed, contentType: contentType), context)
        case .broken:
            defer { endStream() }
            return answer(Self.error(in: body), context)
        }
    }

    // MARK: - Answers

    private func answer(_ answer: RuntimeAnswer, _ context: ChannelHandlerContext) -> Bool {
        let rejection = delegate.runtimeAnswered(delegate.servedRequestID, with: answer)
        return rejection == nil || refuse(context)
    }

    private func wait(_ context: ChannelHandlerContext) -> Bool {
        let rejection = delegate.runtimeAskedForNext(
            on: WaitingRuntime(channel: context.channel, speaksFrames: true))
        return rejection == nil || refuse(context)
    }

    private func receive(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) -> Bool {
        streamedBytes += bytes.readableBytes
        let limit =
            stream == nil ? SandboxLimits.responseBytes : SandboxLimits.streamedResponseBytes
        guard streamedBytes <= limit else {
            endStream()
            // The rest of the answer has nowhere to go.
            return answer(.tooLarge, context) && refuse(context)
        }
        if let stream {
            stream.write(Array(bytes.readableBytesView), from: context.channel)
        } else {
            streamed.append(contentsOf: bytes.readableBytesView)
        }
        return true
    }

    private func endStream() {
        (stream, contentType, streamed) = (nil, nil, [])
    }

    /// The bytes of an answer that is too large are let pass; then the runtime waits for the next event.
    private func tooLarge(_ kind: Kind, _ length: Int, _ context: ChannelHandlerContext) -> Bool {
        guard kind == .response || kind == .error, answer(.tooLarge, context) else {
            return refuse(context)
        }
        pending.moveReaderIndex(forwardBy: Self.headBytes)
        skippedBytes = length
        return true
    }

    /// The error's type, ended by a line feed, and its document.
    private static func error(in body: ByteBuffer) -> RuntimeAnswer {
        let bytes = body.readableBytesView
        let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
        return .error(
            type: String(decoding: bytes[..<end], as: UTF8.self),
            payload: Array(bytes[end...].dropFirst()))
    }

    private func acknowledge(_ context: ChannelHandlerContext) -> Bool {
        context.writeAndFlush(
            wrapOutboundOut(ByteBuffer(repeating: 0, count: 8)), promise: nil)
        return true
    }

    /// A runtime that speaks out of turn is not listened to any more.
    private func refuse(_ context: ChannelHandlerContext) -> Bool {
        pending.clear()
        context.close(promise: nil)
        return false
    }
}
