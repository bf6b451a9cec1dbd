internal import Crypto
internal import Glibc
package import NIOCore
package import Platform

/// Blobs in files of this machine: `<directory>/<first two digits>/<identifier>`.
///
/// A blob is written to `<directory>/new`, synced, and then renamed, so that a name stands for a
/// whole blob or for none.
package final class FileBlobStore: BlobStore {
    /// How many blobs are read and written at a time.
    private static let threadCount = 8
    private static let fanOut = (0..<256).map { Hexadecimal.string(UInt64($0), digits: 2) }

    private let directory: String
    private let isDurable: Bool
    private let clock: any Clock
    private let randomness: any Randomness
    private let threads = ThreadPool(name: "blobs", maximumThreads: threadCount)

    /// Makes a store in `directory`, which is made where its parent exists, and clears away what a
    /// crash has left half written.
    ///
    /// - Parameter isDurable: whether blobs are synced; false where nothing outlives the process.
    /// - Throws: `BlobError`.
    package init(
        directory: String, isDurable: Bool = true, clock: any Clock, randomness: any Randomness
    ) async throws {
        self.directory = directory
        self.isDurable = isDurable
        self.clock = clock
        self.randomness = randomness
        try await threads.run { [newDirectory = "\(directory)/new"] in
            try Self.makeDirectory(directory)
            try Self.makeDirectory(newDirectory)
            for name in try Self.names(in: newDirectory) { unlink("\(newDirectory)/\(name)") }
        }
    }

    package func put<Body: AsyncSequence & Sendable>(_ body: Body) async throws -> Blob
    where Body.Element == ByteBuffer {
        let id = BlobID(unchecked: Hexadecimal.string(randomness.bytes(16)))
        let temporary = "\(directory)/new/\(id)"
        let file = try await threads.run { try BlobFile(creating: temporary) }
        do {
            var hash = SHA256()
            var size: Int64 = 0
            for try await chunk in body {
                size += Int64(chunk.readableBytes)
                hash = try await threads.run { [hash] in
                    try chunk.withUnsafeReadableBytes { bytes in
                        var hash = hash
                        hash.update(bufferPointer: bytes)
                        try file.append(bytes)
                        return hash
                    }
                }
            }
            try await threads.run { [self] in try keep(file, temporary, as: id) }
            return Blob(id: id, size: size, sha256: Array(hash.finalize()))
        } catch {
            try? await threads.run { _ = unlink(temporary) }
            throw error
        }
    }

    package func read(_ id: BlobID, range: Range<Int64>?) async throws -> BlobReader {
        let path = path(of: id)
        return try await threads.run { [threads] in
            let file = try BlobFile(reading: path)
            let whole = 0..<(try file.size())
            let range = range ?? whole
            guard whole.lowerBound <= range.lowerBound, range.upperBound <= whole.upperBound else {
                throw BlobError(.unavailable, "\(id) has \(whole.upperBound) bytes, not \(range)")
            }
            return BlobReader(file: file, range: range, threads: threads)
        }
    }

    package func delete(_ id: BlobID) async throws {
        let path = path(of: id)
        try await threads.run { try Self.remove(path) }
    }

    package func sweep(
        olderThan age: Duration, isAlive: @Sendable (BlobID) async throws -> Bool
    ) async throws -> Int {
        let limit: Instant = clock.now - age
        var deleted = 0
        for part in Self.fanOut {
            let directory = "\(directory)/\(part)"
            let old = try await threads.run { try Self.blobs(in: directory, putBefore: limit) }
            for id in old where try await !isAlive(id) {
                try await delete(id)
                deleted += 1
            }
        }
        return deleted
    }

    package func reset() async throws {
        try await threads.run { [directory] in
            for part in Self.fanOut {
                for name in try Self.names(in: "\(directory)/\(part)") {
                    try Self.remove("\(directory)/\(part)/\(name)")
                }
            }
        }
    }

    /// Where a blob is, for those who open it themselves. The file must not be changed.
    package func path(of id: BlobID) -> String {
        "\(directory)/\(id.description.prefix(2))/\(id)"
    }

    /// Waits for what is under way.
    package func close() async {
        await threads.close()
    }
}

// MARK: - On the pool's threads

extension FileBlobStore {
    private func keep(_ file: BlobFile, _ temporary: String, as id: BlobID) throws(BlobError) {
        let target = path(of: id)
        let parent = "\(directory)/\(id.description.prefix(2))"
        // The clock, which tests move, says when the blob was put, not the file system.
        try Self.setTime(temporary, clock.now)
        if isDurable { try file.sync() }
        if try Self.makeDirectory(parent), isDurable { try BlobFile(reading: directory).sync() }
        guard rename(temporary, target) == 0 else { throw BlobError(errno: errno, target) }
        if isDurable { try BlobFile(reading: parent).sync() }
    }

    private static func setTime(_ path: String, _ instant: Instant) throws(BlobError) {
        let time = timespec(
            tv_sec: Int(instant.seconds), tv_nsec: Int(instant.milliseconds % 1000) * 1_000_000)
        guard utimensat(AT_FDCWD, path, [time, time], 0) == 0 else {
            throw BlobError(errno: errno, path)
        }
    }

    /// Makes a directory; false when it is there.
    @discardableResult
    private static func makeDirectory(_ path: String) throws(BlobError) -> Bool {
        if mkdir(path, 0o700) == 0 { return true }
        guard errno == EEXIST else { throw BlobError(errno: errno, path) }
        return false
    }

    private static func remove(_ path: String) throws(BlobError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw BlobError(errno: errno, path) }
    }

    private static func blobs(
        in directory: String, putBefore limit: Instant
    ) throws(BlobError) -> [BlobID] {
        var ids: [BlobID] = []
        for name in try names(in: directory) {
            var status = stat()
            // What is deleted while we look is gone, and no error.
            guard let id = BlobID(name), stat("\(directory)/\(name)", &status) == 0 else {
                continue
            }
            if Instant(seconds: Int64(status.st_mtim.tv_sec)) < limit { ids.append(id) }
        }
        return ids
    }

    /// The names in a directory; none where it does not exist.
    private static func names(in directory: String) throws(BlobError) -> [String] {
        guard let stream = opendir(directory) else {
            if errno == ENOENT { return [] }
            throw BlobError(errno: errno, directory)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
