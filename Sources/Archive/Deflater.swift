import CZlib

/// zlib, making the raw deflate streams of zip archives.
enum Deflater {
    private static let rawWindowBits: Int32 = -15
    private static let memoryLevel: Int32 = 8

    /// Compresses `data`; `nil` where that makes it no smaller, or zlib has no memory.
    static func deflate(_ data: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        let result = deflateInit2_(
            &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, rawWindowBits, memoryLevel,
            Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
        guard result == Z_OK, data.count <= Int(UInt32.max) else { return nil }
        defer { deflateEnd(&stream) }
        var isWhole = false
        let packed = [UInt8](unsafeUninitializedCapacity: data.count) { output, count in
            data.withUnsafeBufferPointer { input in
                // SAFETY: zlib does not write to its input; the type of `next_in` predates `const`. Both pointers
                // are used only in this scope, in which the arrays live.
                stream.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0) }
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                isWhole = CZlib.deflate(&stream, Z_FINISH) == Z_STREAM_END
                count = output.count - Int(stream.avail_out)
            }
        }
        return isWhole && packed.count < data.count ? packed : nil
    }
}
