/// Streams of gzip (RFC 1952).
package enum Gzip {
    /// Why a stream was not uncompressed.
    package enum Failure: Error, Equatable, Sendable {
        /// The bytes are no whole gzip stream.
        case corrupt
        /// It holds more bytes than were asked for.
        case tooManyBytes
    }

    /// The bytes that the stream `data` holds. What follows the stream is passed over.
    ///
    /// - Parameter limit: the greatest number of bytes to uncompress; the work is bounded by it.
    /// - Throws: `Failure`.
    package static func inflate(
        _ data: ArraySlice<UInt8>, upTo limit: Int
    ) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            try Inflater.inflate(data, .gzip, of: "gzip") { chunk throws(ZipError) in
                guard bytes.count + chunk.count <= limit else {
                    throw .tooManyBytes(limit: limit)
                }
                bytes.append(contentsOf: chunk)
            }
        } catch .tooManyBytes {
            throw .tooManyBytes
        } catch {
            throw .corrupt
        }
        return bytes
    }
}
