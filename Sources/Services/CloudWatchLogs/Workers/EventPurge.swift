import Jobs
import Platform
import Storage

/// The work that a deleted log group or stream leaves behind: to remove the rows of its events.
enum EventPurge: Sendable {
    case group(Int64)
    case stream(Int64)

    private static let kind = "purge-events"

    /// Owes the work from the commit of `transaction` on.
    func enqueue(on jobs: JobQueue, in transaction: any WriteTransaction) throws {
        try jobs.enqueue(Self.kind, payload: Array(text.utf8), in: transaction)
    }

    /// How the work is done: in small transactions, so that writers never wait long. Doing it again changes nothing.
    static func handler(_ events: LogEventStore) -> JobHandler {
        JobHandler(kind: kind, concurrency: 1) { leased in
            guard let purge = EventPurge(String(decoding: leased.job.payload, as: UTF8.self)) else {
                preconditionFailure("a purge that nobody enqueued")
            }
            let limit = CloudWatchLogsLimits.deletedEvents
            while try await events.delete(where: purge.condition, purge.values, limit: limit)
                == limit
            {}
            return .done
        }
    }

    private var condition: String {
        switch self {
        case .group: "group_id = ?"
        case .stream: "stream_id = ?"
        }
    }

    private var values: [SQLValue] {
        switch self {
        case .group(let id), .stream(let id): [.integer(id)]
        }
    }

    private var text: String {
        switch self {
        case .group(let id): "group \(id)"
        case .stream(let id): "stream \(id)"
        }
    }

    private init?(_ text: String) {
        let words = text.split(separator: " ")
        guard words.count == 2, let id = Int64(words[1]) else { return nil }
        switch words[0] {
        case "group": self = .group(id)
        case "stream": self = .stream(id)
        default: return nil
        }
    }
}
