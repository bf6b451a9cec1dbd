import HTTPTypes
import NIOCore
import Wire

/// A body out of its `aws-chunked` framing; signatures and the trailing checksum are verified as it is read.
///
/// The reader sees bytes before their chunk is verified; it must not act on them before the end.
struct AWSChunkedBody: AsyncSequence, Sendable {
    private let base: any AsyncSequence<ByteBuffer, any Error> & Sendable
    private let verifier: ChunkVerifier

    struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var base: any AsyncIteratorProtocol<ByteBuffer, any Error>
        fileprivate var verifier: ChunkVerifier
        fileprivate var isAtEnd = false

        mutating func next() async throws -> ByteBuffer? {
            while !isAtEnd {
                if let bytes = try verifier.next() { return bytes }
                if let bytes = try await base.next() {
                    verifier.feed(bytes)
                } else {
                    isAtEnd = true
                    try verifier.finish()
                }
            }
            return nil
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: base.makeAsyncIterator(), verifier: verifier)
    }

    /// Takes the framing off the body of `request`, and says so in its headers.
    ///
    /// - Parameters:
    ///   - signatures: Verifies the chunks; `nil` where they are not signed or cannot be verified.
    ///   - hasTrailer: Fields follow the body, the checksum that `x-amz-trailer` names among them. It is verified; a body that was
    ///     collected has it among the request's headers afterwards.
    /// - Throws: `AWSError`.
    static func open(
        _ request: inout WireRequest, signatures: ChunkSignatureChain?, hasTrailer: Bool
    ) throws {
        guard let length = request.headers[.amzDecodedContentLength].flatMap({ Int($0) }),
            length >= 0
        else {
            throw AWSError(
                "MissingContentLength", "You must provide the Content-Length HTTP header.",
                status: 411)
        }
        let promised = hasTrailer ? request.headers[.amzTrailer]?.lowercased() : nil
        if let algorithm = promised.flatMap({ ChecksumAlgorithm(field: $0) }) {
            // The operation keeps the checksum, and computes it itself: the trailing field comes when the body is read.
            request.headers[.amzChecksumAlgorithm] = algorithm.rawValue
        }
        var verifier = ChunkVerifier(length: length, signatures: signatures, promised: promised)
        switch request.body {
        case .bytes(let framed):
            verifier.feed(framed)
            var body = ByteBuffer()
            while var bytes = try verifier.next() { body.writeBuffer(&bytes) }
            try verifier.finish()
            for (name, value) in verifier.trailers {
                if let name = HTTPField.Name(name) { request.headers[name] = value }
            }
            request.body = .bytes(body)
        case .stream(let stream, _):
            request.body = .stream(
                AWSChunkedBody(base: stream, verifier: verifier), length: length)
        }
        describe(&request, length: length)
    }

    private static func describe(_ request: inout WireRequest, length: Int) {
        request.headers[.contentLength] = String(length)
        guard let encoding = request.headers[.contentEncoding] else { return }
        let rest = encoding.split(separator: ",").map { $0.drop { $0 == " " } }
            .filter { $0 != "aws-chunked" }.joined(separator: ",")
        request.headers[.contentEncoding] = rest.isEmpty ? nil : rest
    }
}
