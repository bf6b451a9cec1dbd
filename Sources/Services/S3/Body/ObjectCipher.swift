import Crypto
import NIOCore

/// The encryption of an object's bytes: AES-256-GCM, chunk by chunk, so that a range is read without what comes before it, and what
/// has changed on disk is noticed.
///
/// A chunk's nonce is its number, and whether it is the last: chunks cannot change places and the end cannot be cut off. Every run of
/// bytes has a key of its own, so no nonce comes twice.
struct ObjectCipher: Sendable {
    /// Bytes of a chunk before it is sealed.
    static let chunkBytes: Int64 = 64 << 10
    private static let tagBytes: Int64 = 16
    static let sealedChunkBytes: Int64 = chunkBytes + tagBytes
    static let keyBytes = 32

    /// The bytes on disk are not those that were written.
    struct Damaged: Error, CustomStringConvertible {
        let description = "stored bytes do not match their seal"
    }

    private let key: SymmetricKey

    init(_ key: [UInt8]) {
        precondition(key.count == Self.keyBytes, "a cipher's key has 32 bytes")
        self.key = SymmetricKey(data: key)
    }

    private init(key: SymmetricKey) {
        self.key = key
    }

    /// The cipher of one run of bytes among several that share a key.
    ///
    /// - Parameter salt: nothing for an object of one run.
    func derived(salt: [UInt8]) -> ObjectCipher {
        if salt.isEmpty { return self }
        return ObjectCipher(
            key: HKDF<SHA256>.deriveKey(
                inputKeyMaterial: key, salt: salt, outputByteCount: Self.keyBytes))
    }

    /// How many bytes `size` bytes have once they are sealed.
    static func sealedBytes(_ size: Int64) -> Int64 {
        size + (size + chunkBytes - 1) / chunkBytes * tagBytes
    }

    /// Seals a chunk.
    func seal(_ chunk: [UInt8], number: Int64, isLast: Bool) -> [UInt8] {
        guard
            let box = try? AES.GCM.seal(
                chunk, using: key, nonce: Self.nonce(number, isLast: isLast))
        else { preconditionFailure("AES-256-GCM takes any chunk and a nonce of 12 bytes") }
        var sealed: [UInt8] = []
        sealed.reserveCapacity(chunk.count + Int(Self.tagBytes))
        sealed += box.ciphertext
        sealed += box.tag
        return sealed
    }

    /// Opens a chunk.
    ///
    /// - Throws: `Damaged`.
    func open(_ sealed: ArraySlice<UInt8>, number: Int64, isLast: Bool) throws -> [UInt8] {
        guard sealed.count > Self.tagBytes,
            let box = try? AES.GCM.SealedBox(
                nonce: Self.nonce(number, isLast: isLast),
                ciphertext: sealed.dropLast(Int(Self.tagBytes)),
                tag: sealed.suffix(Int(Self.tagBytes))),
            let chunk = try? AES.GCM.open(box, using: key)
        else { throw Damaged() }
        return Array(chunk)
    }

    private static func nonce(_ number: Int64, isLast: Bool) -> AES.GCM.Nonce {
        var bytes = [UInt8](repeating: 0, count: 12)
        bytes[0] = isLast ? 1 : 0
        for place in 0..<8 { bytes[11 - place] = UInt8(truncatingIfNeeded: number >> (8 * place)) }
        guard let nonce = try? AES.GCM.Nonce(data: bytes) else {
            preconditionFailure("a nonce has 12 bytes")
        }
        return nonce
    }
}

/// A body that is sealed as it is read.
struct SealedBody: AsyncSequence, Sendable {
    let base: DigestedBody
    let cipher: ObjectCipher

    struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var base: DigestedBody.AsyncIterator
        fileprivate let cipher: ObjectCipher
        private var buffer = ByteBuffer()
        private var number: Int64 = 0
        private var isAtEnd = false

        fileprivate init(base: DigestedBody.AsyncIterator, cipher: ObjectCipher) {
            self.base = base
            self.cipher = cipher
        }

        mutating func next() async throws -> ByteBuffer? {
            guard !isAtEnd else { return nil }
            // A chunk is the last where nothing follows it, so one byte more is waited for.
            let chunkBytes = Int(ObjectCipher.chunkBytes)
            while buffer.readableBytes <= 4 * chunkBytes {
                guard let more = try await base.next() else {
                    isAtEnd = true
                    break
                }
                buffer.discardReadBytes()
                buffer.writeImmutableBuffer(more)
            }
            var sealed = ByteBuffer()
            while buffer.readableBytes > chunkBytes || isAtEnd && buffer.readableBytes > 0 {
                let count = Swift.min(chunkBytes, buffer.readableBytes)
                guard let chunk = buffer.readBytes(length: count) else { break }
                let isLast = isAtEnd && buffer.readableBytes == 0
                sealed.writeBytes(cipher.seal(chunk, number: number, isLast: isLast))
                number += 1
            }
            return sealed.readableBytes > 0 ? sealed : nil
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: base.makeAsyncIterator(), cipher: cipher)
    }
}

/// Opens what `SealedBody` sealed, as it is read from disk: a pure state machine.
struct ChunkOpener {
    private let cipher: ObjectCipher
    private let size: Int64
    private var number: Int64
    private var buffer = ByteBuffer()
    /// Bytes of the next chunk that are not wanted.
    private var skipped: Int
    /// Bytes that are wanted yet.
    private var remaining: Int64

    /// - Parameters:
    ///   - range: which bytes are wanted.
    ///   - size: how many bytes the whole run has.
    init(_ cipher: ObjectCipher, range: Range<Int64>, of size: Int64) {
        self.cipher = cipher
        self.size = size
        number = range.lowerBound / ObjectCipher.chunkBytes
        skipped = Int(range.lowerBound % ObjectCipher.chunkBytes)
        remaining = range.upperBound - range.lowerBound
    }

    /// The sealed bytes that have to be read for `range`.
    static func sealedRange(of range: Range<Int64>, in size: Int64) -> Range<Int64> {
        let first = range.lowerBound / ObjectCipher.chunkBytes
        let end = (range.upperBound + ObjectCipher.chunkBytes - 1) / ObjectCipher.chunkBytes
        let limit = min(end * ObjectCipher.sealedChunkBytes, ObjectCipher.sealedBytes(size))
        return first * ObjectCipher.sealedChunkBytes..<limit
    }

    /// Takes sealed bytes in, and answers what the chunks say that are whole now.
    ///
    /// - Throws: `ObjectCipher.Damaged`.
    mutating func open(_ sealed: ByteBuffer) throws -> ByteBuffer {
        buffer.discardReadBytes()
        buffer.writeImmutableBuffer(sealed)
        var plain = ByteBuffer()
        while remaining > 0 {
            let start = number * ObjectCipher.chunkBytes
            let isLast = start + ObjectCipher.chunkBytes >= size
            let count = ObjectCipher.sealedBytes(min(ObjectCipher.chunkBytes, size - start))
            guard let bytes = buffer.readBytes(length: Int(count)) else { break }
            let chunk = try cipher.open(bytes[...], number: number, isLast: isLast)
            let wanted = chunk.dropFirst(skipped).prefix(Int(clamping: remaining))
            plain.writeBytes(wanted)
            number += 1
            skipped = 0
            remaining -= Int64(wanted.count)
        }
        return plain
    }
}
