import CZlib

/// zlib, for the raw deflate streams of zip archives, and gzip's.
enum Inflater {
    /// What stands around the deflated bytes, as zlib asks for it: a window of 32 KiB and a mark.
    enum Format: Int32 {
        case raw = -15
        case gzip = 31
    }

    private static let chunkBytes = 64 * 1024

    /// Uncompresses `data` and hands the bytes to `body`, a chunk at a time.
    ///
    /// - Throws: `ZipError.corrupt` where `data` is no whole deflate stream; what `body` throws.
    static func inflate(
        _ data: ArraySlice<UInt8>, _ format: Format = .raw, of path: String,
        _ body: (UnsafeRawBufferPointer) throws(ZipError) -> Void
    ) throws(ZipError) {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        guard inflateInit2_(&stream, format.rawValue, ZLIB_VERSION, size) == Z_OK else {
            throw .notWritten("zlib has no memory")
        }
        defer { inflateEnd(&stream) }
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkBytes, alignment: 16)
        defer { chunk.deallocate() }
        try withBytes(of: data) { input throws(ZipError) in
            // SAFETY: zlib does not write to its input; the type of `next_in` predates `const`. Both pointers are used only in
            // this scope, in which `input` and `chunk` live.
            let start = input.bindMemory(to: UInt8.self).baseAddress
            stream.next_in = start.map { UnsafeMutablePointer(mutating: $0) }
            stream.avail_in = UInt32(clamping: input.count)
            while true {
                stream.next_out = chunk.bindMemory(to: UInt8.self).baseAddress
                stream.avail_out = UInt32(chunkBytes)
                let result = CZlib.inflate(&stream, Z_NO_FLUSH)
                let count = chunkBytes - Int(stream.avail_out)
                if count > 0 { try body(UnsafeRawBufferPointer(rebasing: chunk[..<count])) }
                if result == Z_STREAM_END { break }
                guard result == Z_OK else { throw .corrupt(entry: path) }
            }
        }
    }

    /// Lets `body` look at the bytes of a slice. (The standard method does not pass typed errors on.)
    static func withBytes(
        of data: ArraySlice<UInt8>, _ body: (UnsafeRawBufferPointer) throws(ZipError) -> Void
    ) throws(ZipError) {
        let result = data.withUnsafeBytes { bytes in
            Result { () throws(ZipError) in try body(bytes) }
        }
        try result.get()
    }
}
