import Archive
import Glibc
import Platform
import Synchronization

/// A directory of unpacked deployment packages, each under the SHA-256 of its zip file. Its methods block.
///
/// A package is unpacked beside its place and moved there whole, so what is in place is complete, whatever
/// happened before. It is a cache: everything in it can be made again.
final class CodeDirectory: Sendable {
    private static let limits = ExtractionLimits(
        bytes: LambdaLimits.unzippedBytes, entries: LambdaLimits.packageEntries)

    private let root: String
    private let randomness: any Randomness

    init(_ root: String, randomness: any Randomness) {
        self.root = root
        self.randomness = randomness
    }

    /// Where a package is unpacked; `nil` where it is not.
    func path(of digest: [UInt8]) -> String? {
        let path = "\(root)/\(Hexadecimal.string(digest))"
        return access(path, F_OK) == 0 ? path : nil
    }

    /// Unpacks a package, unless it is there already, and returns the path. It is read to its end, and so checked, in any case.
    ///
    /// - Throws: `ZipError`.
    func unpack(_ zip: [UInt8], digest: [UInt8]) throws(ZipError) -> String {
        if let path = path(of: digest) { return path }
        let archive = try ZipArchive(zip)
        guard !archive.entries.isEmpty else { throw .malformed("the archive is empty") }
        let scratch = "\(root)/unpacking-\(randomness.uuid())"
        try make(scratch)
        defer { FileTree.remove(scratch) }
        try archive.extract(to: scratch, limits: Self.limits)
        let path = "\(root)/\(Hexadecimal.string(digest))"
        // The same package may have been unpacked meanwhile; then the move fails and that one stays.
        guard rename(scratch, path) == 0 || access(path, F_OK) == 0 else {
            throw .notWritten("rename to \(path): \(String(cString: strerror(errno)))")
        }
        return path
    }

    /// Deletes everything but the packages with these digests.
    func sweep(keeping digests: Set<[UInt8]>) {
        let kept = Set(digests.map { Hexadecimal.string($0) })
        for name in FileTree.names(in: root) where !kept.contains(name) {
            FileTree.remove("\(root)/\(name)")
        }
    }

    private func make(_ path: String) throws(ZipError) {
        _ = mkdir(root, 0o755)
        guard mkdir(path, 0o755) == 0 else {
            throw .notWritten("mkdir \(path): \(String(cString: strerror(errno)))")
        }
    }
}
