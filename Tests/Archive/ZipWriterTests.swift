import Archive
import Testing

@Suite("Writing zip archives")
struct ZipWriterTests {
    @Test("what is written can be read, with its kind and permissions")
    func roundTrip() throws {
        let files: [(String, [UInt8], UInt16)] = [
            ("a.txt", Array(repeating: 65, count: 100_000), 0o644),
            ("bin/run", Array("#!/bin/sh\n".utf8), 0o755),
            ("empty", [], 0o644),
            (
                "ü/noise", (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) },
                0o644
            ),
        ]
        var writer = ZipWriter()
        for (path, contents, permissions) in files {
            try writer.addFile(path, contents: contents, permissions: permissions)
        }
        try writer.addLink("link", to: "bin/run")
        let bytes = writer.finish()
        #expect(bytes.count < 3000)

        let archive = try ZipArchive(bytes)
        #expect(archive.entries.map(\.path) == files.map(\.0) + ["link"])
        for (entry, (_, contents, permissions)) in zip(archive.entries, files) {
            #expect(entry.kind == .file)
            #expect(entry.permissions == permissions)
            #expect(try archive.contents(of: entry, upTo: 1 << 20) == contents)
        }
        let link = try #require(archive.entries.last)
        #expect(link.kind == .symbolicLink)
        #expect(try archive.contents(of: link, upTo: 100) == Array("bin/run".utf8))
    }

    @Test("an archive of nothing is an archive")
    func empty() throws {
        #expect(try ZipArchive(ZipWriter().finish()).entries.isEmpty)
    }

    @Test("the same files make the same bytes")
    func reproducible() throws {
        func make() throws -> [UInt8] {
            var writer = ZipWriter()
            try writer.addFile("a", contents: [1, 2, 3])
            return writer.finish()
        }
        #expect(try make() == make())
    }
}
