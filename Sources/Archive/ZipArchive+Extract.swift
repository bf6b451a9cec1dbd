import Glibc

extension ZipArchive {
    /// Writes every entry below `directory`, which exists and is empty, with the permissions that it has.
    ///
    /// Nothing is written outside of `directory`: paths that lead out are refused, and links are made when everything
    /// else has been written, so that nothing is ever written through one. Blocks its thread.
    ///
    /// - Throws: `ZipError`; what has been written until then stays.
    package func extract(to directory: String, limits: ExtractionLimits) throws(ZipError) {
        guard entries.count <= limits.entries else {
            throw .tooManyEntries(limit: limits.entries)
        }
        guard size <= limits.bytes else { throw .tooManyBytes(limit: limits.bytes) }
        var extraction = Extraction(root: directory)
        for entry in entries where entry.kind != .symbolicLink {
            try extraction.write(entry, of: self)
        }
        for entry in entries where entry.kind == .symbolicLink {
            try extraction.link(entry, of: self)
        }
        try extraction.setDirectoryPermissions()
    }
}

/// An extraction under way.
private struct Extraction {
    let root: String
    /// The directories that are there, by their paths below the root.
    private var made: Set<String> = [""]
    /// What directories are to have in the end; until then their owner may write.
    private var permissions: [(path: String, bits: UInt16)] = []

    init(root: String) {
        self.root = root
    }

    mutating func write(_ entry: ZipEntry, of archive: ZipArchive) throws(ZipError) {
        let components = try entry.components()
        if entry.kind == .directory {
            let path = components.joined(separator: "/")
            try makeDirectories(components[...])
            permissions.append((path, entry.permissions))
            return
        }
        try makeDirectories(components.dropLast())
        let path = absolute(components)
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("open", path) }
        defer { close(file) }
        try archive.forEachChunk(of: entry) { chunk throws(ZipError) in
            var rest = chunk
            while !rest.isEmpty {
                let count = Glibc.write(file, rest.baseAddress, rest.count)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { throw failure("write", path) }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
        }
        guard fchmod(file, mode_t(entry.permissions)) == 0 else { throw failure("chmod", path) }
    }

    mutating func link(_ entry: ZipEntry, of archive: ZipArchive) throws(ZipError) {
        let components = try entry.components()
        let target = String(
            decoding: try archive.contents(of: entry, upTo: Int(PATH_MAX)), as: UTF8.self)
        guard entry.staysInside(target) else { throw .unsafePath("\(entry.path) -> \(target)") }
        try makeDirectories(components.dropLast())
        let path = absolute(components)
        guard symlink(target, path) == 0 else { throw failure("symlink", path) }
    }

    /// Makes the directories that lead to a file. A link on the way is a file where a directory should be, so it fails.
    private mutating func makeDirectories(_ components: ArraySlice<Substring>) throws(ZipError) {
        var path = ""
        for component in components {
            path += path.isEmpty ? "\(component)" : "/\(component)"
            guard !made.contains(path) else { continue }
            let absolute = "\(root)/\(path)"
            var status = stat()
            if mkdir(absolute, 0o755) != 0 {
                guard errno == EEXIST, lstat(absolute, &status) == 0,
                    status.st_mode & S_IFMT == S_IFDIR
                else { throw failure("mkdir", absolute) }
            }
            made.insert(path)
        }
    }

    /// Gives directories the permissions of their entries, the deepest first. Their owner can always search and clear them.
    func setDirectoryPermissions() throws(ZipError) {
        for (path, bits) in permissions.sorted(by: { $0.path.utf8.count > $1.path.utf8.count }) {
            let absolute = "\(root)/\(path)"
            guard chmod(absolute, mode_t(bits | 0o700)) == 0 else {
                throw failure("chmod", absolute)
            }
        }
    }

    private func absolute(_ components: [Substring]) -> String {
        "\(root)/\(components.joined(separator: "/"))"
    }

    private func failure(_ call: String, _ path: String) -> ZipError {
        .notWritten("\(call) \(path): \(String(cString: strerror(errno)))")
    }
}
