import Archive
import Foundation
import TestKit
import Testing

@Suite("Reading zip archives")
struct ZipArchiveTests {
    private static let deflated =
        "UEsDBBQAAAAIAAAAIVwuxEH0PAAAADAHAAAKAAAAaGFuZGxlci5weUtJTVPISMxLyUkt0kgtS80r0VFIzs8rSa0o0bTiUg"
        + "CCotSS0qI8BbAcV8qo6lHVo6pHVY+qHlU9IlUDAFBLAQIUAxQAAAAIAAAAIVwuxEH0PAAAADAHAAAKAAAAAAAAAAAAAADtgQ"
        + "AAAABoYW5kbGVyLnB5UEsFBgAAAAABAAEAOAAAAGQAAAAAAA=="
    private static let streamed =
        "UEsDBBQACAAIAAAAIVwAAAAAAAAAAAAAAAAFAAAAYS50eHQrLilKTcxNTVEopjYDAFBLBwhcYq2KDgAAAFoAAABQSwECFAMU"
        + "AAgACAAAACFcXGKtig4AAABaAAAABQAAAAAAAAAAAAAAgAEAAAAAYS50eHRQSwUGAAAAAAEAAQAzAAAAQQAAAAAA"
    private static let zip64 =
        "UEsDBC0AAAAAAAAAIVxqujfP//////////8HABQAYmlnLnR4dAEAEAAFAAAAAAAAAAUAAAAAAAAAemlwNjRQSwECLQMtAAAAAAAAACFcaro3z///////////BwAUAAAAAAAAAAAAgAEAAAAAYmlnLnR4dAEAEAAFAAAAAAAAAAUAAAAAAAAAUEsGBiwAAAAAAAAALQAtAAAAAAAAAAAAAQAAAAAAAAABAAAAAAAAAEkAAAAAAAAAPgAAAAAAAABQSwYHAAAAAIcAAAAAAAAAAQAAAFBLBQYAAAAAAQABAEkAAAA+AAAAAAA="

    private static func bytes(_ base64: String) throws -> [UInt8] {
        Array(try #require(Data(base64Encoded: base64)))
    }

    @Test(
        "what zip tools make is read",
        arguments: [
            (deflated, "handler.py", 0o755, 1840), (streamed, "a.txt", 0o644, 90),
            (zip64, "big.txt", 0o644, 5),
        ])
    func reads(base64: String, path: String, permissions: Int, size: Int) throws {
        let archive = try ZipArchive(Self.bytes(base64))
        let entry = try #require(archive.entries.first)
        #expect(archive.entries.count == 1)
        #expect(entry.path == path)
        #expect(entry.permissions == UInt16(permissions))
        #expect(try archive.contents(of: entry, upTo: 10_000).count == size)
    }

    @Test("an archive may have a comment, and bytes in it that look like its end")
    func comment() throws {
        var fixture = ZipFixture(["a.txt": "a"])
        fixture.comment = "PK\u{5}\u{6} is how an archive ends"
        #expect(try ZipArchive(fixture.bytes).entries.map(\.path) == ["a.txt"])
    }

    @Test("an empty archive has no entries")
    func empty() throws {
        #expect(try ZipArchive(ZipFixture([:]).bytes).entries.isEmpty)
    }

    @Test(
        "what is no archive is malformed",
        arguments: [
            [], Array("This is no archive, though it is long enough.".utf8),
            Array("PK".utf8), [UInt8](repeating: 0, count: 100_000),
        ] as [[UInt8]])
    func malformed(bytes: [UInt8]) {
        #expect(throws: ZipError.self) { try ZipArchive(bytes) }
    }

    @Test("an encrypted entry is not supported")
    func encrypted() {
        var fixture = ZipFixture(["a.txt": "a"])
        fixture.items[0].flags = 1
        #expect(throws: ZipError.unsupported("a.txt is encrypted")) {
            try ZipArchive(fixture.bytes)
        }
    }

    @Test("an entry of an unknown compression method is not supported")
    func method() {
        var fixture = ZipFixture(["a.txt": "a"])
        fixture.items[0].method = 12
        #expect(throws: ZipError.unsupported("a.txt is compressed by method 12")) {
            try ZipArchive(fixture.bytes)
        }
    }

    @Test("an entry that is not what its checksum was made of is corrupt")
    func checksum() throws {
        var fixture = ZipFixture(["a.txt": "a"])
        fixture.items[0].claimedChecksum = 1
        let archive = try ZipArchive(fixture.bytes)
        #expect(throws: ZipError.corrupt(entry: "a.txt")) {
            try archive.contents(of: archive.entries[0], upTo: 10)
        }
    }

    @Test(
        "an entry that claims another size than it has is corrupt", arguments: [0, 1, 3, 1 << 30])
    func size(claimed: UInt32) throws {
        var fixture = ZipFixture(["a.txt": "aa"])
        fixture.items[0].claimedSize = claimed
        let archive = try ZipArchive(fixture.bytes)
        #expect(throws: ZipError.self) {
            try archive.contents(of: archive.entries[0], upTo: 1 << 20)
        }
    }

    @Test("damage anywhere in an archive is an error or harmless, never a crash", arguments: 1...40)
    func damage(seed: UInt64) throws {
        let originals =
            try [Self.deflated, Self.streamed, Self.zip64].map(Self.bytes)
            + [ZipFixture(["a.txt": "a", "b/c.txt": "c"]).bytes]
        var random = SeededGenerator(seed: seed)
        for _ in 0..<250 {
            var bytes = originals.randomElement(using: &random)!
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let index = bytes.indices.randomElement(using: &random)!
                bytes[index] = [0, 1, 0x7F, 0x80, 0xFF, .random(in: 0...255, using: &random)]
                    .randomElement(using: &random)!
            }
            if Bool.random(using: &random) {
                bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
            }
            guard let archive = try? ZipArchive(bytes) else { continue }
            for entry in archive.entries {
                _ = try? archive.contents(of: entry, upTo: 1 << 20)
            }
        }
    }
}

/// SplitMix64, so that a failure can be seen again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
