/// Where an event stands in its group: events are ordered by time, then by stream, then as they were put.
struct EventPosition: Comparable, Sendable {
    /// Milliseconds since the Unix epoch.
    var time: Int64
    var stream: Int64
    var sequence: Int64

    /// How many digits each part takes: 56 together, as the identifiers of AWS have.
    private static let digits = (time: 18, stream: 19, sequence: 19)

    init(time: Int64, stream: Int64, sequence: Int64) {
        self.time = time
        self.stream = stream
        self.sequence = sequence
    }

    /// Reads what `text` writes; `nil` where it is something else.
    init?(_ text: some StringProtocol) {
        guard text.utf8.count == 56, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        let streamStart = text.index(text.startIndex, offsetBy: Self.digits.time)
        let sequenceStart = text.index(streamStart, offsetBy: Self.digits.stream)
        guard let time = Int64(text[..<streamStart]),
            let stream = Int64(text[streamStart..<sequenceStart]),
            let sequence = Int64(text[sequenceStart...])
        else { return nil }
        self.init(time: time, stream: stream, sequence: sequence)
    }

    /// The 56 digits that name the event: its `eventId`, and what tokens are made of.
    var text: String {
        Self.padded(time, Self.digits.time) + Self.padded(stream, Self.digits.stream)
            + Self.padded(sequence, Self.digits.sequence)
    }

    /// The position right after this one: only this one's event lies between.
    var following: EventPosition {
        EventPosition(time: time, stream: stream, sequence: sequence + 1)
    }

    /// The position right before this one: only this one's event comes next.
    var preceding: EventPosition {
        EventPosition(time: time, stream: stream, sequence: max(0, sequence - 1))
    }

    static func < (left: EventPosition, right: EventPosition) -> Bool {
        (left.time, left.stream, left.sequence) < (right.time, right.stream, right.sequence)
    }

    private static func padded(_ number: Int64, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}
