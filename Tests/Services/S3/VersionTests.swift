import Platform
import S3Model
import TestKit
import Testing
import Wire

@testable import S3

@Suite("Versions")
struct VersionTests {
    @Test("a bucket that suspends versioning keeps one version without an identifier")
    func suspended() async throws {
        let s3 = try await S3Cloud()
        try await s3.make("bucket", versioning: true)
        let first = try #require(try await s3.put("1", at: "k").versionId)
        _ = try await s3.call(
            S3API.putBucketVersioning,
            PutBucketVersioningRequest(
                bucket: "bucket", versioningConfiguration: .init(status: "Suspended")))
        #expect(try await s3.put("2", at: "k").versionId == "null")
        #expect(try await s3.put("3", at: "k").versionId == "null")
        #expect(try await s3.rows(of: "versions") == 2)
        let marker = try await s3.call(
            S3API.deleteObject, DeleteObjectRequest(bucket: "bucket", key: "k"))
        #expect(marker.versionId == "null")
        #expect(marker.deleteMarker == true)
        #expect(try await s3.rows(of: "versions") == 2)
        #expect(try await s3.text(of: "k", version: first) == "1")
        await expectError("NoSuchKey") { _ = try await s3.text(of: "k") }
    }

    @Test("a bucket goes once its versions are gone")
    func deletion() async throws {
        let s3 = try await S3Cloud()
        try await s3.make("bucket", versioning: true)
        let version = try #require(try await s3.put("1", at: "k").versionId)
        let marker = try await s3.call(
            S3API.deleteObject, DeleteObjectRequest(bucket: "bucket", key: "k")
        ).versionId
        await expectError("BucketNotEmpty") {
            _ = try await s3.call(S3API.deleteBucket, DeleteBucketRequest(bucket: "bucket"))
        }
        for id in [version, marker] {
            _ = try await s3.call(
                S3API.deleteObject,
                DeleteObjectRequest(bucket: "bucket", key: "k", versionId: id))
        }
        _ = try await s3.call(S3API.deleteBucket, DeleteBucketRequest(bucket: "bucket"))
    }
}
