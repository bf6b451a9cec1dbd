import Blobs
import Foundation
import NIOCore
import Platform
import Synchronization
import Testing

@Suite("Blobs in files", .timeLimit(.minutes(10)))
struct BlobTests {
    struct Broken: Error {}

    private let directory: TemporaryDirectory
    private let clock = SimulatedClock()

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func store() async throws -> FileBlobStore {
        try await FileBlobStore(
            directory: "\(directory.path)/blobs", clock: clock, randomness: SystemRandomness())
    }

    static let sizes = [0, 1, 65_536, 262_144, 262_145, 3_000_000]

    @Test("bytes come back as they went in, with their size and hash", arguments: sizes)
    func roundTrip(size: Int) async throws {
        let store = try await store()
        let bytes = ByteBuffer(bytes: (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let blob = try await store.put(bytes)
        #expect(blob.size == size)
        #expect(try await store.collect(blob.id, upTo: size) == bytes)
        #expect(BlobID(blob.id.description) == blob.id)
        await store.close()
    }

    @Test("the hash is SHA-256")
    func hash() async throws {
        let store = try await store()
        let blob = try await store.put(ByteBuffer(string: "abc"))
        #expect(
            Hexadecimal.string(blob.sha256)
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        await store.close()
    }

    @Test(
        "a range is read without the rest",
        arguments: [0..<1, 5..<5, 250_000..<600_000, 999_999..<1_000_000])
    func range(_ range: Range<Int64>) async throws {
        let store = try await store()
        let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let blob = try await store.put(ByteBuffer(bytes: bytes))
        let reader = try await store.read(blob.id, range: range)
        #expect(reader.count == Int64(range.count))
        var read = ByteBuffer()
        for try await chunk in reader { read.writeImmutableBuffer(chunk) }
        #expect(
            Array(read.readableBytesView)
                == Array(bytes[Int(range.lowerBound)..<Int(range.upperBound)]))
        await store.close()
    }

    @Test("a body is read no faster than it is written")
    func backPressure() async throws {
        let store = try await store()
        let made = Atomic<Int>(0)
        let body = AsyncStream {
            let count = made.add(1, ordering: .relaxed).newValue
            return count > 20 ? nil : ByteBuffer(repeating: 7, count: 100_000)
        }
        let blob = try await store.put(body)
        #expect(blob.size == 2_000_000)
        await store.close()
    }

    @Test("a body that breaks off leaves nothing behind")
    func brokenBody() async throws {
        let store = try await store()
        let body = AsyncThrowingStream<ByteBuffer, any Error> { continuation in
            continuation.yield(ByteBuffer(string: "half"))
            continuation.finish(throwing: Broken())
        }
        await #expect(throws: Broken.self) { try await store.put(body) }
        let files = try FileManager.default.subpathsOfDirectory(atPath: directory.path)
        #expect(files.sorted() == ["blobs", "blobs/new"])
        await store.close()
    }

    @Test("a blob that is deleted is not found, and may be deleted again")
    func delete() async throws {
        let store = try await store()
        let blob = try await store.put(ByteBuffer(string: "abc"))
        let reader = try await store.read(blob.id, range: nil)
        try await store.delete(blob.id)
        try await store.delete(blob.id)
        let error = await #expect(throws: BlobError.self) {
            try await store.read(blob.id, range: nil)
        }
        #expect(error?.kind == .notFound)
        // Who had opened it still reads it.
        var read = ByteBuffer()
        for try await chunk in reader { read.writeImmutableBuffer(chunk) }
        #expect(String(buffer: read) == "abc")
        await store.close()
    }

    @Test("a blob larger than the caller takes is refused")
    func tooLarge() async throws {
        let store = try await store()
        let blob = try await store.put(ByteBuffer(string: "abc"))
        let error = await #expect(throws: BlobError.self) {
            try await store.collect(blob.id, upTo: 2)
        }
        #expect(error?.kind == .tooLarge)
        await store.close()
    }

    @Test("a sweep deletes what is old and belongs to nobody")
    func sweep() async throws {
        let store = try await store()
        let owned = try await store.put(ByteBuffer(string: "owned"))
        let orphan = try await store.put(ByteBuffer(string: "orphan"))
        clock.advance(by: .seconds(3_600))
        let young = try await store.put(ByteBuffer(string: "young"))
        let deleted = try await store.sweep(olderThan: .seconds(600)) { $0 == owned.id }
        #expect(deleted == 1)
        #expect(try await store.collect(owned.id, upTo: 10) == ByteBuffer(string: "owned"))
        #expect(try await store.collect(young.id, upTo: 10) == ByteBuffer(string: "young"))
        await #expect(throws: BlobError.self) { try await store.read(orphan.id, range: nil) }
        await store.close()
    }

    @Test("what a crash left half written is cleared away at the next start")
    func halfWritten() async throws {
        let first = try await store()
        let blob = try await first.put(ByteBuffer(string: "abc"))
        await first.close()
        let leftover = "\(directory.path)/blobs/new/\(blob.id)"
        #expect(FileManager.default.createFile(atPath: leftover, contents: Data([1, 2])))
        let second = try await store()
        #expect(!FileManager.default.fileExists(atPath: leftover))
        #expect(try await second.collect(blob.id, upTo: 3) == ByteBuffer(string: "abc"))
        #expect(
            try Data(contentsOf: URL(fileURLWithPath: second.path(of: blob.id))) == Data("abc".utf8)
        )
        await second.close()
    }

    @Test("a reset deletes every blob")
    func reset() async throws {
        let store = try await store()
        let blob = try await store.put(ByteBuffer(string: "abc"))
        try await store.reset()
        await #expect(throws: BlobError.self) { try await store.read(blob.id, range: nil) }
        await store.close()
    }

    @Test(
        "what is not an identifier cannot name a blob",
        arguments: [
            "", "../../etc/passwd", "ABCDEF0123456789ABCDEF0123456789",
            String(repeating: "/", count: 32),
        ])
    func identifiers(text: String) {
        #expect(BlobID(text) == nil)
    }
}
