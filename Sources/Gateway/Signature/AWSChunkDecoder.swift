import NIOCore

/// Takes `aws-chunked` framing apart: a pure state machine that is fed bytes and asked for what they say.
///
///     <size in hexadecimal>[;chunk-signature=<signature>]\r\n<bytes>\r\n … 0[;chunk-signature=…]\r\n[<name>:<value>\r\n …]\r\n
struct AWSChunkDecoder: Sendable {
    /// What the bytes say next.
    enum Event: Equatable, Sendable {
        case chunkBegins(size: Int, signature: String?)
        case data(ByteBuffer)
        case chunkEnds
        case trailer(name: String, value: String)
        case end
    }

    /// The framing is malformed or a line of it too long.
    struct Malformed: Error {}

    private enum State {
        case header
        case data(remaining: Int)
        case afterData
        case trailers
        case ended
    }

    /// The bytes of a chunk's header line or of a trailing field.
    private static let lineLimit = 4096
    /// The trailing fields of a body: a checksum and a signature are two.
    private static let trailerLimit = 16
    /// The digits of a chunk's size: more would be above any object's.
    private static let sizeDigits = 12

    private var state = State.header
    private var buffer = ByteBuffer()
    private var trailers = 0

    /// Takes bytes in.
    mutating func feed(_ bytes: ByteBuffer) {
        if buffer.readableBytes == 0 {
            buffer = bytes
        } else {
            var bytes = bytes
            buffer.discardReadBytes()
            buffer.writeBuffer(&bytes)
        }
    }

    /// The next event; `nil` where more bytes are needed.
    ///
    /// - Throws: `Malformed`.
    mutating func next() throws -> Event? {
        switch state {
        case .header:
            guard let line = try line() else { return nil }
            let (size, signature) = try Self.header(line)
            state = size == 0 ? .trailers : .data(remaining: size)
            return .chunkBegins(size: size, signature: signature)
        case .data(let remaining):
            guard remaining > 0 else {
                state = .afterData
                return .chunkEnds
            }
            let length = min(remaining, buffer.readableBytes)
            guard length > 0, let bytes = buffer.readSlice(length: length) else { return nil }
            state = .data(remaining: remaining - length)
            return .data(bytes)
        case .afterData:
            guard let line = try line() else { return nil }
            guard line.isEmpty else { throw Malformed() }
            state = .header
            return try next()
        case .trailers:
            guard let line = try line() else { return nil }
            if line.isEmpty {
                state = .ended
                return .end
            }
            trailers += 1
            guard trailers <= Self.trailerLimit, let colon = line.firstIndex(of: ":") else {
                throw Malformed()
            }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            return .trailer(name: line[..<colon].lowercased(), value: String(value))
        case .ended:
            guard buffer.readableBytes == 0 else { throw Malformed() }
            return nil
        }
    }

    /// Whether the bytes fed so far are a whole body.
    var isEnded: Bool {
        if case .ended = state { true } else { false }
    }

    /// A line without its end; `nil` where it is not all there.
    private mutating func line() throws -> String? {
        let view = buffer.readableBytesView
        guard let end = view.prefix(Self.lineLimit).firstIndex(of: UInt8(ascii: "\n")) else {
            guard view.count < Self.lineLimit else { throw Malformed() }
            return nil
        }
        var bytes = view[..<end]
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        let line = String(decoding: bytes, as: UTF8.self)
        buffer.moveReaderIndex(to: end + 1)
        return line
    }

    private static func header(_ line: String) throws -> (Int, String?) {
        let parts = line.split(separator: ";", omittingEmptySubsequences: false)
        let digits = parts[0]
        guard (1...sizeDigits).contains(digits.utf8.count), digits.first != "+",
            digits.first != "-", let size = Int(digits, radix: 16)
        else { throw Malformed() }
        let prefix = "chunk-signature="
        let signature = parts.dropFirst().first { $0.hasPrefix(prefix) }
        return (size, signature.map { String($0.dropFirst(prefix.count)) })
    }
}
