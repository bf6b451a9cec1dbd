import Blobs
import NIOCore
import Platform
import S3Model
import ServiceKit
import Storage
import TestKit
import Wire

@testable import S3

/// S3 in a test's process.
final class S3Cloud: Sendable {
    let cloud = TestCloud()
    let service: S3Service
    let database: any Database
    let blobs: FileBlobStore
    private let directory: String

    init() async throws {
        directory = "/tmp/apus-s3-\(SystemRandomness().string(12, from: .lowercaseAlphanumeric))"
        blobs = try await FileBlobStore(
            directory: directory, isDurable: false, clock: cloud.clock,
            randomness: SystemRandomness())
        database = try await cloud.database("s3", migrations: S3Service.migrations)
        service = S3Service(cloud.dependencies, database: database, blobs: blobs)
        cloud.assemble([service])
    }

    deinit { FileTree.remove(directory) }

    func call<Input: Structure, Output: Structure>(
        _ operation: Operation<Input, Output>, _ input: Input, in context: RequestContext? = nil
    ) async throws -> Output {
        try await cloud.call(operation, input, in: context)
    }

    /// Makes a bucket.
    func make(_ bucket: String, versioning: Bool = false) async throws {
        _ = try await call(S3API.createBucket, CreateBucketRequest(bucket: bucket))
        guard versioning else { return }
        _ = try await call(
            S3API.putBucketVersioning,
            PutBucketVersioningRequest(
                bucket: bucket, versioningConfiguration: .init(status: "Enabled")))
    }

    /// Puts an object of text.
    @discardableResult
    func put(_ text: String, at key: String, in bucket: String = "bucket") async throws
        -> PutObjectOutput
    {
        try await call(
            S3API.putObject, PutObjectRequest(body: Body(text: text), bucket: bucket, key: key))
    }

    /// The text of an object.
    func text(
        of key: String, in bucket: String = "bucket", version: String? = nil, range: String? = nil
    ) async throws -> String {
        let output = try await call(
            S3API.getObject,
            GetObjectRequest(bucket: bucket, key: key, range: range, versionId: version))
        return String(buffer: try await output.body?.collect(upTo: 1 << 30) ?? ByteBuffer())
    }

    /// How many rows a table has.
    func rows(of table: String) async throws -> Int {
        try await database.read { try $0.first("SELECT COUNT(*) FROM \(table)")?.int(0) ?? 0 }
    }
}
