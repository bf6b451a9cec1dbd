import Glibc

/// One entry of a zip archive, as its central directory describes it.
package struct ZipEntry: Sendable, Equatable {
    /// What an entry is.
    package enum Kind: Sendable, Equatable {
        case file
        case directory
        /// The entry's contents are the path that the link points to.
        case symbolicLink
    }

    /// How an entry's bytes are stored.
    enum Method: UInt16, Sendable {
        case stored = 0
        case deflated = 8
    }

    /// The path, its components parted by `/`; a directory's ends with one.
    package let path: String
    package let kind: Kind
    /// The permission bits; 0644 for files and 0755 for directories where the archive has none. Everybody may read files
    /// and enter directories whatever the archive says: programs that write zips from memory often say 0600, and the
    /// user that a function runs as owns nothing.
    package let permissions: UInt16
    /// How many bytes it has when uncompressed.
    package let size: Int
    let method: Method
    let checksum: UInt32
    let compressedSize: Int
    /// Where its local header begins.
    let headerOffset: Int

    init(
        path: String, attributes: UInt32, isFromUnix: Bool, size: Int, method: Method,
        checksum: UInt32, compressedSize: Int, headerOffset: Int
    ) {
        self.path = path
        self.size = size
        self.method = method
        self.checksum = checksum
        self.compressedSize = compressedSize
        self.headerOffset = headerOffset
        let mode: UInt32 = isFromUnix ? attributes >> 16 : 0
        if path.hasSuffix("/") {
            kind = .directory
        } else if mode & S_IFMT == S_IFLNK {
            kind = .symbolicLink
        } else {
            kind = .file
        }
        let bits = UInt16(mode & 0o777)
        let usual: UInt16 = kind == .directory ? 0o755 : 0o644
        permissions = bits == 0 ? usual : bits | usual & 0o555
    }

    /// The components of the path.
    ///
    /// - Throws: `ZipError.unsafePath` where they lead out of the directory that the archive is extracted to.
    func components() throws(ZipError) -> [Substring] {
        let components = path.split(separator: "/").filter { $0 != "." }
        let isSafe =
            !path.hasPrefix("/") && !path.utf8.contains(0) && !components.isEmpty
            && components.allSatisfy { $0 != ".." && $0.utf8.count <= Int(NAME_MAX) }
            && path.utf8.count < 3 * 1024
        guard isSafe else { throw .unsafePath(path) }
        return components
    }

    /// Whether `target`, the contents of this link, names something within the archive.
    func staysInside(_ target: String) -> Bool {
        guard !target.isEmpty, !target.hasPrefix("/"), !target.utf8.contains(0),
            target.utf8.count < Int(PATH_MAX)
        else { return false }
        var depth = path.split(separator: "/").count - 1
        for component in target.split(separator: "/") where component != "." {
            depth += component == ".." ? -1 : 1
            if depth < 0 { return false }
        }
        return true
    }
}
