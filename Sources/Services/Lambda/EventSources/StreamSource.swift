import Platform
import Wire

/// A stream that records are read from, a shard at a time and in order.
protocol StreamSource: Sendable {
    /// The shards that there are.
    func shards() async throws -> [StreamShard]

    /// Where to read a shard from.
    ///
    /// - Throws: the service's error; `TrimmedDataAccessException` where what comes next is gone.
    func iterator(of shard: String, from start: StreamStart) async throws -> String?

    /// Up to `limit` records, and where to read on: nowhere once the shard is at its end.
    func records(
        at iterator: String, of shard: String, limit: Int
    ) async throws -> (records: [StreamRecord], next: String?)

    /// What a destination's record calls the batches of this stream.
    var batchInfoName: String { get }
}

/// A shard of a stream. It is read after its parent.
struct StreamShard: Sendable, Equatable {
    let id: String
    let parent: String?
}

/// Where the reading of a shard begins.
enum StreamStart: Sendable, Equatable {
    case trimHorizon
    case at(Instant)
    case after(sequence: String)
}

/// A record of a stream.
struct StreamRecord: Sendable {
    let sequence: String
    /// Records of the same partition stay in order.
    let partition: String
    let arrival: Instant
    /// The record as the function sees it.
    let event: Document
    /// The record as filters see it.
    let filterable: Document
}
