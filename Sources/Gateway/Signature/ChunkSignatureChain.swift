import Crypto
import NIOCore
import Platform

/// The signatures of a body's chunks, each of which covers the one before it; the first covers the request's.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html>
struct ChunkSignatureChain: Sendable {
    private static let emptyHash = Hexadecimal.string(SHA256.hash(data: []))

    private let key: SigningKey
    private let scope: CredentialScope
    private let timestamp: String
    private let accessKeyID: String
    private var previous: String
    private var hash = SHA256()

    /// - Parameter seed: The signature of the request.
    init(
        key: SigningKey, scope: CredentialScope, timestamp: String, seed: String,
        accessKeyID: String
    ) {
        self.key = key
        self.scope = scope
        self.timestamp = timestamp
        self.previous = seed
        self.accessKeyID = accessKeyID
    }

    /// Takes bytes of the present chunk in.
    mutating func add(_ bytes: ByteBuffer) {
        bytes.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
    }

    /// Ends the chunk.
    ///
    /// - Throws: `SignatureFailure.mismatch` where `signature` is not the chunk's.
    mutating func endChunk(signature: String) throws {
        try verify(signature, chunkText())
    }

    /// Ends the body.
    ///
    /// - Parameter trailers: The trailing fields as they are signed: `name:value` and a line feed each.
    /// - Throws: `SignatureFailure.mismatch` where `signature` is not that of the trailers.
    mutating func end(trailers: String, signature: String) throws {
        try verify(signature, trailerText(trailers))
    }

    /// The signature of a chunk, as a client makes it.
    mutating func sign(_ chunk: String) -> String {
        add(ByteBuffer(string: chunk))
        previous = key.sign(chunkText())
        return previous
    }

    /// The signature of the trailing fields, as a client makes it.
    func signTrailers(_ trailers: String) -> String {
        key.sign(trailerText(trailers))
    }

    private mutating func chunkText() -> String {
        let digest = Hexadecimal.string(hash.finalize())
        hash = SHA256()
        return
            "AWS4-HMAC-SHA256-PAYLOAD\n\(timestamp)\n\(scope)\n\(previous)\n\(Self.emptyHash)\n\(digest)"
    }

    private func trailerText(_ trailers: String) -> String {
        let digest = Hexadecimal.string(SHA256.hash(data: Array(trailers.utf8)))
        return "AWS4-HMAC-SHA256-TRAILER\n\(timestamp)\n\(scope)\n\(previous)\n\(digest)"
    }

    private mutating func verify(_ signature: String, _ text: String) throws {
        guard key.verify(signature, of: text) else {
            throw SignatureFailure.mismatch(
                .init(
                    accessKeyID: accessKeyID, signature: signature, stringToSign: text,
                    canonicalRequest: ""))
        }
        previous = signature
    }
}
