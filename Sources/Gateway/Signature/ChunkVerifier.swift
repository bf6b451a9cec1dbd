import NIOCore
import Wire

/// Takes a body out of its chunks and verifies it: the signatures, the length and the trailing checksum.
struct ChunkVerifier: Sendable {
    private static let signatureTrailer = "x-amz-trailer-signature"

    private var decoder = AWSChunkDecoder()
    private var signatures: ChunkSignatureChain?
    private var chunkSignature: String?
    private var checksum: TrailingChecksum?
    private let promised: String?
    private let length: Int
    private var count = 0
    /// The trailing fields, once they are read.
    private(set) var trailers: [(name: String, value: String)] = []

    /// - Parameters:
    ///   - length: What the request claims the body to have without the framing.
    ///   - promised: The trailing field that the request announced.
    init(length: Int, signatures: ChunkSignatureChain?, promised: String?) {
        self.length = length
        self.signatures = signatures
        self.promised = promised
        self.checksum = promised.flatMap { TrailingChecksum(field: $0) }
    }

    mutating func feed(_ bytes: ByteBuffer) {
        decoder.feed(bytes)
    }

    /// The next bytes of the body; `nil` where more have to be fed.
    ///
    /// - Throws: `AWSError`.
    mutating func next() throws -> ByteBuffer? {
        do {
            while let event = try decoder.next() {
                switch event {
                case .chunkBegins(let size, let signature):
                    chunkSignature = signature
                    if size == 0 { try endChunk() }
                case .data(let bytes):
                    count += bytes.readableBytes
                    guard count <= length else { throw Self.wrongLength }
                    signatures?.add(bytes)
                    checksum?.add(bytes)
                    return bytes
                case .chunkEnds: try endChunk()
                case .trailer(let name, let value): trailers.append((name, value))
                case .end: try endBody()
                }
            }
            return nil
        } catch is AWSChunkDecoder.Malformed {
            throw AWSError(
                "InvalidRequest", "The aws-chunked framing of the request's body is malformed.",
                status: 400)
        } catch let failure as SignatureFailure {
            throw failure.awsError(in: .s3)
        }
    }

    /// Says that no more bytes come.
    ///
    /// - Throws: `AWSError` where the body is not whole.
    func finish() throws {
        guard decoder.isEnded, count == length else { throw Self.wrongLength }
    }

    private mutating func endChunk() throws {
        try signatures?.endChunk(signature: chunkSignature ?? "")
    }

    private mutating func endBody() throws {
        if let promised {
            guard let value = trailers.first(where: { $0.name == promised })?.value else {
                throw AWSError(
                    "MalformedTrailerError",
                    "The request contained trailing data that was not well-formed or did not conform to our published schema.",
                    status: 400)
            }
            if signatures != nil {
                let signature = trailers.first { $0.name == Self.signatureTrailer }?.value ?? ""
                let signed = trailers.filter { $0.name != Self.signatureTrailer }
                    .map { "\($0.name):\($0.value)\n" }.joined()
                try signatures?.end(trailers: signed, signature: signature)
            }
            try checksum?.verify(value)
        }
    }

    private static let wrongLength = AWSError(
        "IncompleteBody",
        "You did not provide the number of bytes specified by the Content-Length HTTP header",
        status: 400)
}
