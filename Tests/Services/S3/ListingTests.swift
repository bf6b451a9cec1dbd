import Platform
import S3Model
import Storage
import TestKit
import Testing
import Wire

@testable import S3

@Suite("Listings")
struct ListingTests {
    /// The keys and common prefixes of all pages of a listing.
    private func pages(
        _ s3: S3Cloud, prefix: String = "", delimiter: String = "", limit: Int,
        withVersions: Bool = false
    ) async throws -> [String] {
        let store = S3Store(s3.cloud.dependencies, database: s3.database, blobs: s3.blobs)
        let bucket = try await store.bucket("bucket")
        var query = ListingQuery(
            prefix: Array(prefix.utf8), delimiter: Array(delimiter.utf8),
            withVersions: withVersions, limit: limit)
        var seen: [String] = []
        while true {
            let page = try await store.list(query, in: bucket)
            #expect(page.count <= limit)
            seen += (page.entries.map(\.object.key) + page.commonPrefixes)
                .sorted { $0.lexicographicallyPrecedes($1) }.map(ObjectKey.text)
            guard let next = page.next else { return seen }
            query.after = next.key
            query.afterVersion = next.versionID
        }
    }

    @Test("every page size tells the same", arguments: [1, 2, 3, 7, 100])
    func pageSizes(limit: Int) async throws {
        let s3 = try await S3Cloud()
        try await s3.make("bucket")
        let keys = ["a", "a/", "a/b", "a/c/d", "a0", "b/x", "b/y", "é", "\u{10FFFF}", "z//", "z/a"]
        for key in keys { try await s3.put("", at: key) }
        let sorted = keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        #expect(try await pages(s3, limit: limit) == sorted)
        #expect(
            try await pages(s3, delimiter: "/", limit: limit) == [
                "a", "a/", "a0", "b/", "z/", "é", "\u{10FFFF}",
            ])
        #expect(
            try await pages(s3, prefix: "a/", delimiter: "/", limit: limit) == [
                "a/", "a/b", "a/c/",
            ])
        #expect(try await pages(s3, prefix: "a/c", limit: limit) == ["a/c/d"])
        #expect(try await pages(s3, prefix: "\u{10FFFF}", limit: limit) == ["\u{10FFFF}"])
        #expect(try await pages(s3, delimiter: "b/", limit: limit).contains("b/"))
    }

    @Test("markers and old versions are passed over", arguments: [1, 3, 50])
    func versions(limit: Int) async throws {
        let s3 = try await S3Cloud()
        try await s3.make("bucket", versioning: true)
        for key in ["a", "b", "c/1", "d"] {
            for number in 0..<20 { try await s3.put("\(number)", at: key) }
        }
        for key in ["b", "c/1"] {
            _ = try await s3.call(
                S3API.deleteObject, DeleteObjectRequest(bucket: "bucket", key: key))
        }
        #expect(try await pages(s3, limit: limit) == ["a", "d"])
        #expect(try await pages(s3, delimiter: "/", limit: limit) == ["a", "d"])
        #expect(try await pages(s3, limit: limit, withVersions: true).count == 82)
        #expect(
            try await pages(s3, delimiter: "/", limit: limit, withVersions: true).count == 62)
    }

    @Test("a common prefix is passed over by a seek, however much is in it")
    func seeks() async throws {
        let s3 = try await S3Cloud()
        try await s3.make("bucket")
        try await s3.put("", at: "m/0")
        let id = try await s3.database.read { try $0.first("SELECT id FROM buckets")!.int(0) }
        try await s3.database.write { transaction in
            for number in 0..<20_000 {
                try transaction.execute(
                    """
                    INSERT INTO versions (id, bucket_id, key, rank, version_id, is_marker, size, etag, modified,
                        storage_class, owner, details)
                    VALUES (?, ?, ?, 0, 'null', 0, 0, '', 0, 'STANDARD', '', ?)
                    """, number, id, Array("a\(number % 4)/\(number)".utf8), [UInt8]())
            }
        }
        #expect(
            try await pages(s3, delimiter: "/", limit: 1000)
                == ["a0/", "a1/", "a2/", "a3/", "m/"])
    }
}
