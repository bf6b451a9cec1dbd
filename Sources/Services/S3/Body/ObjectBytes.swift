import Blobs
import NIOCore
import Platform
import Storage
import Wire

/// Where a run of an object's bytes is.
struct Segment: Sendable {
    var blob: BlobID
    /// The bytes of the blob that belong to it.
    var range: Range<Int64>
}

/// The bytes of a part of an object, or of all of it, read as they are asked for.
struct ObjectBytes: AsyncSequence, Sendable {
    let blobs: any BlobStore
    let segments: [Segment]
    /// The first segment's reader, opened before anything is answered.
    let first: BlobReader

    struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let blobs: any BlobStore
        fileprivate var rest: ArraySlice<Segment>
        fileprivate var reader: BlobReader.Iterator

        mutating func next() async throws -> ByteBuffer? {
            while true {
                if let bytes = try await reader.next() { return bytes }
                guard let segment = rest.popFirst() else { return nil }
                reader = try await blobs.read(segment.blob, range: segment.range)
                    .makeAsyncIterator()
            }
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(blobs: blobs, rest: segments.dropFirst(), reader: first.makeAsyncIterator())
    }
}

extension S3Store {
    /// The bytes of `range` of an object.
    ///
    /// - Throws: `BlobError` `.notFound` where the object has been deleted meanwhile.
    func body(
        of object: ObjectRecord, inline data: [UInt8]?, range: Range<Int64>
    ) async throws -> Body {
        if range.isEmpty { return .empty }
        if case .row = object.place {
            let data = data ?? []
            guard range.upperBound <= Int64(data.count) else {
                throw BlobError(.unavailable, "a row has \(data.count) bytes, not \(range)")
            }
            return Body(data[Int(range.lowerBound)..<Int(range.upperBound)])
        }
        let segments = try await segments(of: object, range: range)
        guard let first = segments.first else {
            throw BlobError(.notFound, "the parts of an object are gone")
        }
        let reader = try await blobs.read(first.blob, range: first.range)
        return .stream(
            ObjectBytes(blobs: blobs, segments: segments, first: reader),
            length: Int(range.upperBound - range.lowerBound))
    }

    private func segments(of object: ObjectRecord, range: Range<Int64>) async throws -> [Segment] {
        switch object.place {
        case .row: return []
        case .blob(let blob): return [Segment(blob: blob, range: range)]
        case .parts:
            return try await database.read { transaction in
                try transaction.query(
                    """
                    SELECT start, size, blob FROM object_parts
                    WHERE object_id = ? AND start < ? AND start + size > ? ORDER BY number
                    """, object.id, range.upperBound, range.lowerBound
                ).compactMap { row in
                    guard let blob = BlobID(row.string(2)) else { return nil }
                    let start = Int64(row.int(0))
                    let part = start..<start + Int64(row.int(1))
                    let wanted = part.clamped(to: range)
                    return Segment(
                        blob: blob,
                        range: wanted.lowerBound - start..<wanted.upperBound - start)
                }
            }
        }
    }
}
