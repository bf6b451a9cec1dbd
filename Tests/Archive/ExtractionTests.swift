import Archive
import Foundation
import TestKit
import Testing

@Suite("Extracting zip archives")
struct ExtractionTests {
    private let root: URL
    private let limits = ExtractionLimits(bytes: 1 << 20, entries: 100)

    init() throws {
        root = FileManager.default.temporaryDirectory
            .appendingPathComponent("apus-archive-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    private func extract(_ items: [ZipFixture.Item], limits: ExtractionLimits? = nil) throws {
        try ZipArchive(ZipFixture(items).bytes)
            .extract(to: root.path, limits: limits ?? self.limits)
    }

    private func permissions(_ path: String) throws -> Int? {
        let attributes = try FileManager.default.attributesOfItem(
            atPath: root.appendingPathComponent(path).path)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue
    }

    @Test("files keep their contents and permissions, and directories are made on the way")
    func files() throws {
        try extract([
            .init("bin/run", "#!/bin/sh", mode: 0o100755), .init("data/empty/", mode: 0o040700),
            .init("data/deep/er/a.txt", "a", mode: 0o100640), .init("dos.txt", "d", mode: 0),
        ])
        #expect(try permissions("bin/run") == 0o755)
        #expect(try permissions("bin") == 0o755)
        #expect(try permissions("data/empty") == 0o755)
        #expect(try permissions("data/deep/er/a.txt") == 0o644)
        #expect(try permissions("dos.txt") == 0o644)
        #expect(
            try String(contentsOf: root.appendingPathComponent("bin/run"), encoding: .utf8)
                == "#!/bin/sh")
    }

    @Test("the last of two entries of one path stays")
    func twice() throws {
        try extract([.init("a.txt", "first"), .init("a.txt", "last")])
        #expect(
            try String(contentsOf: root.appendingPathComponent("a.txt"), encoding: .utf8) == "last")
    }

    @Test("links within the archive are kept")
    func links() throws {
        try extract([
            .init("node_modules/.bin/tool", "../tool/cli.js", mode: 0o120777),
            .init("node_modules/tool/cli.js", "cli"),
        ])
        let link = root.appendingPathComponent("node_modules/.bin/tool")
        #expect(try String(contentsOf: link, encoding: .utf8) == "cli")
    }

    @Test(
        "a path that leads out of the directory is refused",
        arguments: ["../a", "a/../../b", "/etc/passwd", "a/..", "..", "a\0b", "", "./"])
    func slip(path: String) {
        #expect(throws: ZipError.unsafePath(path)) { try extract([.init(path, "x")]) }
    }

    @Test(
        "a link that leads out of the directory is refused",
        arguments: ["/etc/passwd", "../a", "b/../../a", ""])
    func linkSlip(target: String) {
        #expect(throws: ZipError.unsafePath("link -> \(target)")) {
            try extract([.init("link", target, mode: 0o120777)])
        }
    }

    @Test("nothing is written through a link of the archive")
    func throughLink() {
        #expect(throws: ZipError.self) {
            try extract([
                .init("elsewhere/", mode: 0o040755), .init("link", "elsewhere", mode: 0o120777),
                .init("link/a.txt", "x"),
            ])
        }
        let path = root.appendingPathComponent("elsewhere/a.txt").path
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("a file cannot also be a directory")
    func fileAndDirectory() {
        #expect(throws: ZipError.self) {
            try extract([.init("a", "x"), .init("a/b", "x")])
        }
    }

    @Test("an archive with more than the limits is refused before anything is written")
    func limited() throws {
        let items = [ZipFixture.Item("a", "12345"), ZipFixture.Item("b", "12345")]
        #expect(throws: ZipError.tooManyBytes(limit: 9)) {
            try extract(items, limits: ExtractionLimits(bytes: 9, entries: 10))
        }
        #expect(throws: ZipError.tooManyEntries(limit: 1)) {
            try extract(items, limits: ExtractionLimits(bytes: 10, entries: 1))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: root.path).isEmpty)
    }

    @Test("an entry that grows past the size that it claims is stopped there")
    func bomb() throws {
        var item = ZipFixture.Item("bomb", String(repeating: "0", count: 100_000))
        item.claimedSize = 10
        #expect(throws: ZipError.corrupt(entry: "bomb")) { try extract([item]) }
    }
}
