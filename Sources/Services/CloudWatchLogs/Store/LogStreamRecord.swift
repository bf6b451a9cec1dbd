import Platform
import Storage

/// A log stream as it is stored.
struct LogStreamRecord: Sendable {
    var id: Int64
    var name: String
    var created: Instant
    /// The earliest time of an event.
    var firstEvent: Int64?
    /// The latest time of an event.
    var lastEvent: Int64?
    var lastIngestion: Instant?
    /// The sequence of the event that was put last; 0 where none was.
    var lastSequence: Int64

    static let columns =
        "id, name, created, first_event, last_event, last_ingestion, last_sequence"

    init(_ row: Row) {
        self.id = Int64(row.int(0))
        self.name = row.string(1)
        self.created = row.instant(2)
        self.firstEvent = row.optionalInt(3).map(Int64.init)
        self.lastEvent = row.optionalInt(4).map(Int64.init)
        self.lastIngestion = row.optionalInstant(5)
        self.lastSequence = Int64(row.int(6))
    }
}
