import Glibc
import NIOCore
import NIOPosix

/// A connection of bytes, for tests of what HTTP clients do not do.
struct RawClient: ~Copyable {
    /// Writes beside a read that is under way.
    let writer: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private var unread = ""

    /// Connects to `port` of this machine for as long as `body` runs.
    static func connect<Result: Sendable>(
        to port: Int, _ body: @Sendable (inout RawClient) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var client = RawClient(outbound: outbound, inbound: inbound.makeAsyncIterator())
            return try await body(&client)
        }
    }

    private init(
        outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>,
        inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    ) {
        self.writer = outbound
        self.inbound = inbound
    }

    func send(_ text: String) async throws {
        try await writer.write(ByteBuffer(string: text))
    }

    func send(_ bytes: ByteBuffer) async throws {
        try await writer.write(bytes)
    }

    /// Shuts this side of the connection.
    func finish() { writer.finish() }

    /// The text up to and with `mark`; all that there is where the connection ends before.
    mutating func read(through mark: String) async throws -> String {
        while true {
            if let range = unread.firstRange(of: mark) {
                defer { unread = String(unread[range.upperBound...]) }
                return String(unread[..<range.upperBound])
            }
            guard let bytes = try await next() else {
                defer { unread = "" }
                return unread
            }
            unread += String(buffer: bytes)
        }
    }

    /// The text up to the end of the connection.
    mutating func readToEnd() async throws -> String {
        while let bytes = try await next() { unread += String(buffer: bytes) }
        defer { unread = "" }
        return unread
    }

    /// The next bytes; `nil` at the end of the connection. A server that closes before it has read everything resets the
    /// connection: an end as well.
    private mutating func next() async throws -> ByteBuffer? {
        do {
            return try await inbound.next()
        } catch let error as IOError where error.errnoCode == ECONNRESET {
            return nil
        }
    }

    /// A number of bytes, or all that there are.
    mutating func read(bytes count: Int) async throws -> Int {
        var read = unread.utf8.count
        unread = ""
        while read < count, let bytes = try await next() { read += bytes.readableBytes }
        return read
    }
}
