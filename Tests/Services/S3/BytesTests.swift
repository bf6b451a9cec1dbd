import Blobs
import NIOCore
import Platform
import S3Model
import TestKit
import Testing
import Wire

@testable import S3

@Suite("Bytes of objects")
struct BytesTests {
    private let large = String(repeating: "x", count: S3Limits.inlineBytes + 1)

    /// Runs the service's work until `isDone`.
    private func work(_ s3: S3Cloud, until isDone: () async throws -> Bool) async throws {
        let service = s3.service
        let work = Task { try await service.run() }
        while try await !isDone() { await Task.yield() }
        work.cancel()
        _ = await work.result
    }

    private func files(_ s3: S3Cloud) async throws -> Int {
        try await s3.blobs.count
    }

    @Test("small objects stand in their rows, large ones in files")
    func places() async throws {
        let s3 = try await S3Cloud()
        try await s3.make("bucket")
        try await s3.put("small", at: "small")
        #expect(try await s3.rows(of: "blobs") == 0)
        try await s3.put(large, at: "large")
        #expect(try await s3.rows(of: "blobs") == 1)
        #expect(try await s3.text(of: "small") == "small")
        #expect(try await s3.text(of: "large") == large)
        #expect(try await s3.text(of: "large", range: "bytes=1-3") == "xxx")
    }

    @Test("the file of what is replaced or deleted goes, and not before a while has passed")
    func removal() async throws {
        let s3 = try await S3Cloud()
        try await s3.make("bucket")
        try await s3.put(large, at: "k")
        try await s3.put(large, at: "k")
        #expect(try await s3.rows(of: "blobs") == 1)
        #expect(try await files(s3) == 2)
        s3.cloud.clock.advance(by: .seconds(61))
        try await work(s3) { try await files(s3) == 1 }
        _ = try await s3.call(S3API.deleteObject, DeleteObjectRequest(bucket: "bucket", key: "k"))
        s3.cloud.clock.advance(by: .seconds(61))
        try await work(s3) { try await files(s3) == 0 }
        #expect(try await s3.rows(of: "jobs") == 0)
    }

    @Test("a copy and its source share their file until both are gone")
    func copies() async throws {
        let s3 = try await S3Cloud()
        try await s3.make("bucket")
        try await s3.put(large, at: "a")
        _ = try await s3.call(
            S3API.copyObject,
            CopyObjectRequest(bucket: "bucket", copySource: "bucket/a", key: "b"))
        #expect(try await files(s3) == 1)
        _ = try await s3.call(S3API.deleteObject, DeleteObjectRequest(bucket: "bucket", key: "a"))
        #expect(try await s3.rows(of: "jobs") == 0)
        #expect(try await s3.text(of: "b") == large)
        _ = try await s3.call(S3API.deleteObject, DeleteObjectRequest(bucket: "bucket", key: "b"))
        #expect(try await s3.rows(of: "jobs") == 1)
    }

    @Test("what an interrupted upload leaves is swept away")
    func sweep() async throws {
        let s3 = try await S3Cloud()
        try await s3.make("bucket")
        try await s3.put(large, at: "kept")
        _ = try await s3.blobs.put(ByteBuffer(string: "orphan"))
        #expect(try await files(s3) == 2)
        s3.cloud.clock.advance(by: S3Limits.sweptBlobAge + .seconds(2))
        try await work(s3) { try await files(s3) == 1 }
        #expect(try await s3.text(of: "kept") == large)
    }

    @Test("a body that is not what was promised leaves nothing")
    func badDigests() async throws {
        let s3 = try await S3Cloud()
        try await s3.make("bucket")
        for text in ["small", large] {
            await expectError("BadDigest") {
                _ = try await s3.call(
                    S3API.putObject,
                    PutObjectRequest(
                        body: Body(text: text), bucket: "bucket",
                        contentMD5: "1B2M2Y8AsgTpgAmY7PhCfg==", key: "k"))
            }
        }
        #expect(try await files(s3) == 0)
        #expect(try await s3.rows(of: "versions") == 0)
        await expectError("InvalidDigest") {
            _ = try await s3.call(
                S3API.putObject,
                PutObjectRequest(bucket: "bucket", contentMD5: "no", key: "k"))
        }
    }

    @Test("checksums of parts combine into that of the whole")
    func combination() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        for algorithm in [ChecksumAlgorithm.crc32, .crc32c, .crc64nvme] {
            for split in [0, 1, 8, 500, 999, 1000] {
                #expect(
                    algorithm.combine(
                        checksum(algorithm, bytes[..<split]), checksum(algorithm, bytes[split...]),
                        length: Int64(1000 - split)) == checksum(algorithm, bytes[...]))
            }
        }
        #expect(ChecksumAlgorithm.sha1.combine([], [], length: 0) == nil)
    }

    private func checksum(_ algorithm: ChecksumAlgorithm, _ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var running = RunningChecksum(algorithm)
        bytes.withUnsafeBytes { running.add($0) }
        return running.value
    }
}

extension FileBlobStore {
    /// How many blobs there are: those that a sweep that knows none of them would remove.
    var count: Int {
        get async throws {
            let seen = Counter()
            _ = try await sweep(olderThan: .seconds(-1_000_000_000)) { _ in
                seen.add()
                return true
            }
            return seen.value
        }
    }
}
