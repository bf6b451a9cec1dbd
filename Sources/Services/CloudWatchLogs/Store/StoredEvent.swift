import Storage

/// An event as it is stored.
struct StoredEvent: Sendable {
    var position: EventPosition
    /// When it was put, in milliseconds since the Unix epoch.
    var ingested: Int64
    /// The message's UTF-8 bytes.
    var message: [UInt8]
    /// The name of its stream.
    var stream: String

    /// What it counts toward the limits of a page.
    var bytes: Int { message.count + CloudWatchLogsLimits.eventOverheadBytes }

    var text: String { String(decoding: message, as: UTF8.self) }
}
