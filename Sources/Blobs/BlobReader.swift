internal import Glibc
package import NIOCore
internal import Platform

/// The bytes of a blob, chunk by chunk, each read when it is asked for.
///
/// A blob that is deleted meanwhile is read to its end.
package struct BlobReader: AsyncSequence, Sendable {
    /// How many bytes a chunk has.
    static let chunkBytes = 256 << 10

    private let file: BlobFile
    private let threads: ThreadPool
    private let range: Range<Int64>

    init(file: BlobFile, range: Range<Int64>, threads: ThreadPool) {
        self.file = file
        self.range = range
        self.threads = threads
    }

    /// How many bytes it answers.
    package var count: Int64 { range.upperBound - range.lowerBound }

    package func makeAsyncIterator() -> Iterator {
        Iterator(file: file, threads: threads, range: range)
    }

    /// Reads from the front to the end.
    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let file: BlobFile
        fileprivate let threads: ThreadPool
        fileprivate var range: Range<Int64>

        package mutating func next() async throws -> ByteBuffer? {
            guard !range.isEmpty else { return nil }
            let count = Int(
                Swift.min(Int64(BlobReader.chunkBytes), range.upperBound - range.lowerBound))
            let offset = range.lowerBound
            let chunk = try await threads.run { [file] in
                try file.read(at: offset, count: count)
            }
            range = offset + Int64(count)..<range.upperBound
            return chunk
        }
    }
}
