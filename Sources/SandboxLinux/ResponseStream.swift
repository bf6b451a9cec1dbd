import NIOCore
import Synchronization

/// A streamed answer on its way from the runtime's connection to the caller, with a bound on what is under
/// way.
final class ResponseStream: Sendable {
    /// How many bytes may wait for the caller before the connection is not read any more.
    private static let windowBytes = 512 * 1024

    private enum Part {
        case start(contentType: String?)
        case chunk([UInt8])
    }

    private let parts: AsyncStream<Part>
    private let continuation: AsyncStream<Part>.Continuation
    private let state = Mutex<(waitingBytes: Int, paused: (any Channel)?)>((0, nil))

    init() {
        (parts, continuation) = AsyncStream.makeStream()
    }

    /// The runtime begins the answer and names its content type.
    func start(contentType: String?) { continuation.yield(.start(contentType: contentType)) }

    /// Takes bytes of the answer and stops reading `channel` while too much waits.
    func write(_ bytes: [UInt8], from channel: any Channel) {
        let isFull = state.withLock { state in
            state.waitingBytes += bytes.count
            guard state.waitingBytes > Self.windowBytes, state.paused == nil else { return false }
            state.paused = channel
            return true
        }
        if isFull { channel.setOption(.autoRead, value: false).whenFailure { _ in } }
        continuation.yield(.chunk(bytes))
    }

    /// No more bytes come.
    func finish() { continuation.finish() }

    /// Hands the start and every chunk on, in order, until `finish()`.
    func forward(
        to receive: @Sendable ([UInt8]) async -> Void,
        onStart: (@Sendable (String?) async -> Void)?
    ) async {
        for await part in parts {
            guard case .chunk(let bytes) = part else {
                if case .start(let contentType) = part { await onStart?(contentType) }
                continue
            }
            await receive(bytes)
            let resumed = state.withLock { state -> (any Channel)? in
                state.waitingBytes -= bytes.count
                guard state.waitingBytes <= Self.windowBytes / 2 else { return nil }
                defer { state.paused = nil }
                return state.paused
            }
            resumed?.setOption(.autoRead, value: true).whenFailure { _ in }
        }
    }
}
