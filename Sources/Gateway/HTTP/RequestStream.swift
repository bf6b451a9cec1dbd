import NIOCore
import Synchronization

/// The requests of one connection, read one after the other: a head, then its body as far as anybody wants it.
///
/// A body outlives its request in whoever keeps it; reading it then fails instead of taking the next request's bytes.
final class RequestStream: @unchecked Sendable {
    // SAFETY: `parts` is touched only in `nextPart`, whose callers hold the claim `isReading`, taken and given
    // back under the lock: one task at a time.
    private var parts: NIOAsyncChannelInboundStream<RequestPart>.AsyncIterator
    private let state = Mutex(State())
    private let sendContinue: @Sendable () async throws -> Void

    private struct State {
        /// Counts the requests; a body knows its own.
        var request = 0
        var isReading = false
        var isInBody = false
        var owesContinue = false
        var isBroken = false
    }

    private enum Claim {
        case granted(owesContinue: Bool)
        case atEnd
        case refused
    }

    /// - Parameter sendContinue: Tells the client to send the body that it holds back.
    init(
        _ parts: NIOAsyncChannelInboundStream<RequestPart>,
        sendContinue: @escaping @Sendable () async throws -> Void
    ) {
        self.parts = parts.makeAsyncIterator()
        self.sendContinue = sendContinue
    }

    /// The next request's head and body; `nil` at the end of the connection.
    ///
    /// - Throws: `HTTPFailure`.
    func next() async throws -> (RequestHead, RequestBody)? {
        guard let part = try await parts.next() else { return nil }
        guard case .head(let head) = part else { throw HTTPFailure.malformed }
        let request = state.withLock { state in
            state.request += 1
            state.isInBody = true
            state.owesContinue = head.expectsContinue
            return state.request
        }
        return (head, RequestBody(stream: self, request: request))
    }

    /// The next bytes of a request's body; `nil` at its end.
    ///
    /// - Throws: `HTTPFailure`.
    func nextBytes(of request: Int) async throws -> ByteBuffer? {
        switch claim(request) {
        case .refused: throw HTTPFailure.bodyUnavailable
        case .atEnd: return nil
        case .granted(let owesContinue):
            var isBroken = true
            defer { release(isBroken: isBroken) }
            if owesContinue { try await sendContinue() }
            switch try await parts.next() {
            case .body(let bytes):
                isBroken = false
                return bytes
            case .end:
                isBroken = false
                state.withLock { $0.isInBody = false }
                return nil
            case .head, nil: throw HTTPFailure.bodyUnavailable
            }
        }
    }

    /// Ends the request: reads what is left of its body, up to `limit` bytes.
    ///
    /// - Returns: Whether the connection stands at the beginning of the next request.
    func finish(upTo limit: Int) async -> Bool {
        let request = state.withLock { state in
            // A client that still waits for `100 Continue` may or may not send the body: nobody can tell.
            if state.owesContinue, state.isInBody { state.isBroken = true }
            return state.request
        }
        var count = 0
        do {
            while count <= limit, let bytes = try await nextBytes(of: request) {
                count += bytes.readableBytes
            }
        } catch {
            return false
        }
        return state.withLock { !$0.isInBody }
    }

    /// Reads whatever comes until the connection ends, up to `limit` bytes.
    func discard(upTo limit: Int) async {
        guard claimForever() else { return }
        var count = 0
        while count <= limit, let part = try? await parts.next() {
            if case .body(let bytes) = part { count += bytes.readableBytes }
        }
    }

    /// Whether the body of the present request can still be read to its end.
    var isReusable: Bool {
        state.withLock { !$0.isBroken && !($0.owesContinue && $0.isInBody) }
    }

    private func claim(_ request: Int) -> Claim {
        state.withLock { state in
            guard request == state.request, !state.isReading, !state.isBroken else {
                return .refused
            }
            guard state.isInBody else { return .atEnd }
            state.isReading = true
            defer { state.owesContinue = false }
            return .granted(owesContinue: state.owesContinue)
        }
    }

    private func claimForever() -> Bool {
        state.withLock { state in
            defer { state.isReading = true }
            return !state.isReading
        }
    }

    private func release(isBroken: Bool) {
        state.withLock { state in
            state.isReading = false
            state.isBroken = isBroken
        }
    }
}

/// The body of a request, read as it comes.
struct RequestBody: AsyncSequence, Sendable {
    let stream: RequestStream
    let request: Int

    struct AsyncIterator: AsyncIteratorProtocol {
        let stream: RequestStream
        let request: Int

        mutating func next() async throws -> ByteBuffer? {
            try await stream.nextBytes(of: request)
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(stream: stream, request: request)
    }
}
