import CZlib

/// Compares an entry's uncompressed bytes with the size and the checksum that the directory gives.
struct EntryCheck {
    private let entry: ZipEntry
    private var checksum: UInt = 0
    private var count = 0

    init(_ entry: ZipEntry) {
        self.entry = entry
    }

    /// Notes a chunk, before it is used: an entry that grows past its size is stopped there.
    mutating func add(_ chunk: UnsafeRawBufferPointer) throws(ZipError) {
        count += chunk.count
        guard count <= entry.size else { throw .corrupt(entry: entry.path) }
        checksum = crc32(
            checksum, chunk.bindMemory(to: UInt8.self).baseAddress, UInt32(clamping: chunk.count))
    }

    /// Checks the whole.
    func finish() throws(ZipError) {
        guard count == entry.size, UInt32(truncatingIfNeeded: checksum) == entry.checksum else {
            throw .corrupt(entry: entry.path)
        }
    }
}
