/// A token of `DescribeLogStreams`: the stream that a page ended with.
struct StreamPlace: Equatable, Sendable {
    /// When its last event was; 0 where it has none.
    var lastEvent: Int64
    var name: String

    init(lastEvent: Int64, name: String) {
        self.lastEvent = lastEvent
        self.name = name
    }

    /// Reads what `text` writes; `nil` where it is something else.
    init?(_ text: String) {
        guard let separator = text.firstIndex(of: ":"), !text.utf8.contains(0),
            let lastEvent = Int64(text[..<separator])
        else { return nil }
        self.init(lastEvent: lastEvent, name: String(text[text.index(after: separator)...]))
    }

    var text: String { "\(lastEvent):\(name)" }
}
