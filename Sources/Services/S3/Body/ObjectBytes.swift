import Blobs
import NIOCore
import Platform
import Storage
import Wire

/// A run of an object's bytes: one blob.
struct Segment: Sendable {
    var blob: BlobID
    /// The bytes of the run that are wanted.
    var range: Range<Int64>
    /// How many bytes the run has.
    var size: Int64
    var cipher: ObjectCipher

    /// Opens the file.
    ///
    /// - Throws: `BlobError` `.notFound`.
    func reader(in blobs: any BlobStore) async throws -> BlobReader {
        try await blobs.read(blob, range: ChunkOpener.sealedRange(of: range, in: size))
    }
}

/// The bytes of a part of an object, or of all of it, read and opened as they are asked for.
struct ObjectBytes: AsyncSequence, Sendable {
    let blobs: any BlobStore
    let segments: [Segment]
    /// The first segment's reader, opened before anything is answered.
    let first: BlobReader

    struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let blobs: any BlobStore
        fileprivate var rest: ArraySlice<Segment>
        fileprivate var reader: BlobReader.Iterator
        fileprivate var opener: ChunkOpener

        mutating func next() async throws -> ByteBuffer? {
            while true {
                if let sealed = try await reader.next() {
                    let bytes = try opener.open(sealed)
                    if bytes.readableBytes > 0 { return bytes }
                    continue
                }
                guard let segment = rest.popFirst() else { return nil }
                reader = try await segment.reader(in: blobs).makeAsyncIterator()
                opener = segment.opener
            }
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(
            blobs: blobs, rest: segments.dropFirst(), reader: first.makeAsyncIterator(),
            opener: segments[0].opener)
    }
}

extension Segment {
    fileprivate var opener: ChunkOpener { ChunkOpener(cipher, range: range, of: size) }
}

extension S3Store {
    /// The bytes of `range` of an object.
    ///
    /// - Parameter data: the sealed bytes of its row.
    /// - Throws: `BlobError` `.notFound` where the object has been deleted meanwhile; `ObjectCipher.Damaged`.
    func body(
        of object: ObjectRecord, inline data: [UInt8]?, range: Range<Int64>, _ cipher: ObjectCipher
    ) async throws -> Body {
        if range.isEmpty { return .empty }
        if case .row = object.place {
            var opener = ChunkOpener(cipher, range: range, of: object.size)
            let wanted = ChunkOpener.sealedRange(of: range, in: object.size)
            guard let data, Int64(data.count) == ObjectCipher.sealedBytes(object.size) else {
                throw ObjectCipher.Damaged()
            }
            let sealed = data[Int(wanted.lowerBound)..<Int(wanted.upperBound)]
            return .bytes(try opener.open(ByteBuffer(bytes: sealed)))
        }
        let segments = try await segments(of: object, range: range, cipher)
        guard let first = segments.first else {
            throw BlobError(.notFound, "the parts of an object are gone")
        }
        return .stream(
            ObjectBytes(
                blobs: blobs, segments: segments, first: try await first.reader(in: blobs)),
            length: Int(range.upperBound - range.lowerBound))
    }

    private func segments(
        of object: ObjectRecord, range: Range<Int64>, _ cipher: ObjectCipher
    ) async throws -> [Segment] {
        switch object.place {
        case .row: return []
        case .blob(let blob):
            return [Segment(blob: blob, range: range, size: object.size, cipher: cipher)]
        case .parts:
            return try await database.read { transaction in
                try transaction.query(
                    """
                    SELECT start, size, blob, salt FROM object_parts
                    WHERE object_id = ? AND start < ? AND start + size > ? ORDER BY number
                    """, object.id, range.upperBound, range.lowerBound
                ).compactMap { row in
                    guard let blob = BlobID(row.string(2)) else { return nil }
                    let (start, size) = (Int64(row.int(0)), Int64(row.int(1)))
                    let wanted = (start..<start + size).clamped(to: range)
                    return Segment(
                        blob: blob, range: wanted.lowerBound - start..<wanted.upperBound - start,
                        size: size, cipher: cipher.derived(salt: row.optionalBytes(3) ?? []))
                }
            }
        }
    }
}
