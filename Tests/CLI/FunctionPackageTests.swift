import Archive
import Glibc
import Platform
import Testing

@testable import CLI

@Suite("Packing a function")
struct FunctionPackageTests {
    private static func withDirectory(_ body: (String) throws -> Void) throws {
        let path = "/tmp/apus-package-\(SystemRandomness().string(8, from: .lowercaseHex))"
        try #require(mkdir(path, 0o700) == 0)
        defer { FileTree.remove(path) }
        try body(path)
    }

    private static func write(_ text: String, to path: String, mode: mode_t = 0o644) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode)
        try #require(file >= 0)
        defer { close(file) }
        let bytes = Array(text.utf8)
        try #require(Glibc.write(file, bytes, bytes.count) == bytes.count)
    }

    @Test("a directory becomes an archive of all that belongs to a function")
    func directory() throws {
        try Self.withDirectory { path in
            try Self.write("def handler(e, c): pass", to: "\(path)/app.py")
            try Self.write("#!/bin/sh", to: "\(path)/bootstrap", mode: 0o755)
            for name in ["package", "__pycache__", ".git"] {
                try #require(mkdir("\(path)/\(name)", 0o755) == 0)
                try Self.write("x", to: "\(path)/\(name)/file")
            }
            try #require(symlink("app.py", "\(path)/link") == 0)
            let archive = try ZipArchive(FunctionPackage.archive(of: path))
            #expect(archive.entries.map(\.path) == ["app.py", "bootstrap", "link", "package/file"])
            #expect(archive.entries.map(\.kind) == [.file, .file, .symbolicLink, .file])
            #expect(archive.entries[1].permissions == 0o755)
        }
    }

    @Test("an archive goes as it is")
    func archive() throws {
        try Self.withDirectory { path in
            var writer = ZipWriter()
            try writer.addFile("a", contents: [1])
            let bytes = writer.finish()
            let file = open("\(path)/a.zip", O_WRONLY | O_CREAT, 0o600)
            _ = Glibc.write(file, bytes, bytes.count)
            close(file)
            #expect(try FunctionPackage.archive(of: "\(path)/a.zip") == bytes)
        }
    }

    @Test("what is neither is refused")
    func neither() throws {
        try Self.withDirectory { path in
            try Self.write("text", to: "\(path)/file")
            #expect(throws: CommandFailure.self) { try FunctionPackage.archive(of: "\(path)/file") }
            #expect(throws: CommandFailure.self) { try FunctionPackage.archive(of: "\(path)/none") }
        }
    }
}
