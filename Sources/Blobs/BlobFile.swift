internal import Glibc
internal import NIOCore

/// An open file, closed with the last who uses it. Its calls block.
final class BlobFile: Sendable {
    private let descriptor: Int32
    private let path: String

    /// Opens a file to read it.
    init(reading path: String) throws(BlobError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        self.path = path
        guard descriptor >= 0 else { throw BlobError(errno: errno, path) }
    }

    /// Makes a file that did not exist, to write it.
    init(creating path: String) throws(BlobError) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        self.path = path
        guard descriptor >= 0 else { throw BlobError(errno: errno, path) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    func size() throws(BlobError) -> Int64 {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw BlobError(errno: errno, path) }
        return Int64(status.st_size)
    }

    /// Reads `count` bytes, all of which the file has.
    func read(at offset: Int64, count: Int) throws -> ByteBuffer {
        var buffer = ByteBuffer()
        try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { bytes in
            var filled = 0
            while filled < count {
                let result = pread(
                    descriptor, bytes.baseAddress! + filled, count - filled,
                    off_t(offset) + off_t(filled))
                if result < 0, errno == EINTR { continue }
                guard result >= 0 else { throw BlobError(errno: errno, path) }
                guard result > 0 else { throw BlobError(.unavailable, "\(path) is cut short") }
                filled += result
            }
            return filled
        }
        return buffer
    }

    /// Writes bytes at the end.
    func append(_ bytes: UnsafeRawBufferPointer) throws(BlobError) {
        var written = 0
        while written < bytes.count {
            let result = write(descriptor, bytes.baseAddress! + written, bytes.count - written)
            if result < 0, errno == EINTR { continue }
            guard result >= 0 else { throw BlobError(errno: errno, path) }
            written += result
        }
    }

    /// Returns once what was written is on disk.
    func sync() throws(BlobError) {
        guard fsync(descriptor) == 0 else { throw BlobError(errno: errno, path) }
    }
}

extension BlobError {
    /// Makes the error that the system's error number stands for.
    init(errno code: Int32, _ path: String) {
        let kind: Kind
        switch code {
        case ENOENT: kind = .notFound
        case ENOSPC, EDQUOT, EFBIG: kind = .full
        default: kind = .unavailable
        }
        self.init(kind, "\(path): \(String(cString: strerror(code)))")
    }
}
