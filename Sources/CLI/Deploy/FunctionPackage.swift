import Archive
import Glibc
import Platform

/// The code of a function as Lambda takes it: a zip archive.
enum FunctionPackage {
    /// What is never a part of a function.
    private static let left: Set<String> = [".git", ".DS_Store", "__pycache__", ".venv"]

    /// The archive that `path` is, or that holds all that is in the directory `path`.
    ///
    /// - Throws: `CommandFailure`.
    static func archive(of path: String) throws -> [UInt8] {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw CommandFailure("\(path) cannot be read: \(String(cString: strerror(errno))).")
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            let bytes = try InputText.file(path)
            guard (try? ZipArchive(bytes)) != nil else {
                throw CommandFailure("\(path) is neither a directory nor a zip archive.")
            }
            return bytes
        }
        var writer = ZipWriter()
        try add(path, as: "", to: &writer)
        return writer.finish()
    }

    private static func add(_ path: String, as prefix: String, to writer: inout ZipWriter) throws {
        for name in FileTree.names(in: path).sorted() where !left.contains(name) {
            let (file, entry) = ("\(path)/\(name)", prefix + name)
            var status = stat()
            guard lstat(file, &status) == 0 else { continue }
            do {
                switch status.st_mode & S_IFMT {
                case S_IFDIR: try add(file, as: entry + "/", to: &writer)
                case S_IFLNK: try writer.addLink(entry, to: target(of: file))
                case S_IFREG:
                    try writer.addFile(
                        entry, contents: InputText.file(file),
                        permissions: UInt16(status.st_mode & 0o777))
                default: throw CommandFailure("\(file) is no file, directory or link.")
                }
            } catch let error as ZipError {
                throw CommandFailure("\(file) does not go into a zip archive: \(error).")
            }
        }
    }

    private static func target(of link: String) throws -> String {
        var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = target.withUnsafeMutableBytes {
            // SAFETY: the array is not empty, so its buffer has an address.
            readlink(link, $0.bindMemory(to: CChar.self).baseAddress!, $0.count)
        }
        guard count >= 0 else { throw CommandFailure("\(link) cannot be read.") }
        return String(decoding: target[..<count], as: UTF8.self)
    }
}
