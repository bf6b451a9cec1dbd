import NIOCore
import Testing
import Wire

@testable import S3

@Suite("The encryption of bytes")
struct ObjectCipherTests {
    private let cipher = ObjectCipher(Array(0..<32))
    private static let chunk = Int(ObjectCipher.chunkBytes)

    private func sealed(_ bytes: [UInt8], step: Int) async throws -> [UInt8] {
        let stream = AsyncThrowingStream<ByteBuffer, any Error> { continuation in
            for start in stride(from: 0, to: bytes.count, by: step) {
                continuation.yield(
                    ByteBuffer(bytes: bytes[start..<min(start + step, bytes.count)]))
            }
            continuation.finish()
        }
        let body = SealedBody(
            base: DigestedBody(base: stream, digest: BodyDigest(.crc32), limit: .max),
            cipher: cipher)
        var sealed: [UInt8] = []
        for try await part in body { sealed += part.readableBytesView }
        return sealed
    }

    private func open(_ sealed: [UInt8], _ range: Range<Int64>, of size: Int64, step: Int) throws
        -> [UInt8]
    {
        var opener = ChunkOpener(cipher, range: range, of: size)
        let wanted = ChunkOpener.sealedRange(of: range, in: size)
        let bytes = Array(sealed[Int(wanted.lowerBound)..<Int(wanted.upperBound)])
        var plain: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: step) {
            let part = ByteBuffer(bytes: bytes[start..<min(start + step, bytes.count)])
            plain += try opener.open(part).readableBytesView
        }
        return plain
    }

    @Test(
        "every range of what was sealed opens",
        arguments: [1, 100, chunk - 1, chunk, chunk + 1, 2 * chunk, 5 * chunk + 3])
    func ranges(size: Int) async throws {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let sealed = try await sealed(bytes, step: 70_001)
        #expect(Int64(sealed.count) == ObjectCipher.sealedBytes(Int64(size)))
        let starts = [0, 1, size / 2, Self.chunk - 1, Self.chunk, size - 1].filter { $0 < size }
        for start in starts {
            for end in [start + 1, (start + size) / 2 + 1, size] where end <= size && end > start {
                let range = Int64(start)..<Int64(end)
                #expect(
                    try open(sealed, range, of: Int64(size), step: 33_333)
                        == Array(bytes[start..<end]))
            }
        }
    }

    @Test("what was changed, cut off or moved does not open")
    func damage() async throws {
        let size = Int64(3 * Self.chunk)
        let sealed = try await sealed([UInt8](repeating: 7, count: Int(size)), step: 10_000)
        var flipped = sealed
        flipped[Self.chunk / 2] ^= 1
        #expect(throws: ObjectCipher.Damaged.self) {
            try open(flipped, 0..<size, of: size, step: 10_000)
        }
        let one = Int(ObjectCipher.sealedChunkBytes)
        let swapped = Array(sealed[one..<2 * one] + sealed[..<one] + sealed[(2 * one)...])
        #expect(throws: ObjectCipher.Damaged.self) {
            try open(swapped, 0..<size, of: size, step: 10_000)
        }
        let shorter = size - ObjectCipher.chunkBytes
        #expect(throws: ObjectCipher.Damaged.self) {
            try open(Array(sealed[..<(2 * one)]), 0..<shorter, of: shorter, step: 10_000)
        }
    }

    @Test("nothing is nothing")
    func empty() async throws {
        #expect(try await sealed([], step: 1).isEmpty)
        #expect(ObjectCipher.sealedBytes(0) == 0)
    }
}
