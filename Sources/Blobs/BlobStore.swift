package import NIOCore

/// Where large things are kept: objects, packages of code, anything that does not belong in a row.
///
/// A blob never changes. Its owner keeps the identifier in a row: it writes the blob first and the
/// row after, and deletes the row first and the blob after. What a crash leaves behind between the
/// two, `sweep` finds.
package protocol BlobStore: Sendable {
    /// Keeps the bytes of `body`, which are on disk when this returns.
    ///
    /// Reads `body` only as fast as it can be written.
    ///
    /// - Throws: what `body` throws, or `BlobError`; nothing is kept then.
    func put<Body: AsyncSequence & Sendable>(_ body: Body) async throws -> Blob
    where Body.Element == ByteBuffer

    /// The bytes of a blob, or those of `range`, read as they are asked for.
    ///
    /// - Parameter range: within the blob's size; nil is the whole.
    /// - Throws: `BlobError` `.notFound`.
    func read(_ id: BlobID, range: Range<Int64>?) async throws -> BlobReader

    /// Deletes a blob. One that is not there is deleted already.
    ///
    /// - Throws: `BlobError`.
    func delete(_ id: BlobID) async throws

    /// Deletes the blobs that were put more than `age` ago and that `isAlive` does not know.
    ///
    /// - Returns: how many it deleted.
    /// - Throws: `BlobError`, or what `isAlive` throws.
    func sweep(
        olderThan age: Duration, isAlive: @Sendable (BlobID) async throws -> Bool
    ) async throws -> Int

    /// Deletes every blob.
    ///
    /// - Throws: `BlobError`.
    func reset() async throws
}

extension BlobStore {
    /// Keeps bytes that are in memory.
    package func put(_ bytes: ByteBuffer) async throws -> Blob {
        try await put(
            AsyncStream { continuation in
                continuation.yield(bytes)
                continuation.finish()
            })
    }

    /// The bytes of a whole blob, in memory.
    ///
    /// - Parameter limit: how many bytes it may have.
    /// - Throws: `BlobError`, `.tooLarge` among its kinds.
    package func collect(_ id: BlobID, upTo limit: Int) async throws -> ByteBuffer {
        let reader = try await read(id, range: nil)
        guard reader.count <= limit else {
            throw BlobError(.tooLarge, "\(id) has \(reader.count) bytes")
        }
        var all = ByteBuffer()
        for try await chunk in reader { all.writeImmutableBuffer(chunk) }
        return all
    }
}
