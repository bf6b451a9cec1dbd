/// A token of `GetLogEvents`: from which place in a stream to read on, and which way.
///
/// Written `f/<56 digits>/s` and `b/<56 digits>/s`, as AWS writes them.
struct StreamToken: Equatable, Sendable {
    enum Direction: String, Sendable {
        /// What comes after the position.
        case forward = "f"
        /// What comes before the position.
        case backward = "b"
    }

    let direction: Direction
    let position: EventPosition

    init(_ direction: Direction, _ position: EventPosition) {
        self.direction = direction
        self.position = position
    }

    /// Reads a token of the stream `stream`; `nil` where `text` is none.
    init?(_ text: String, stream: Int64) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2] == "s",
            let direction = Direction(rawValue: String(parts[0])),
            let position = EventPosition(parts[1]), position.stream == stream
        else { return nil }
        self.init(direction, position)
    }

    var text: String { "\(direction.rawValue)/\(position.text)/s" }

    /// The tokens of a page that was read with this one and whose events begin and end at these
    /// positions.
    ///
    /// After an empty page, the token of its direction is this one again, which is how clients see
    /// the end; the other one turns round at the same place.
    func neighbours(first: EventPosition?, last: EventPosition?) -> (
        forward: StreamToken, backward: StreamToken
    ) {
        if let first, let last {
            return (StreamToken(.forward, last), StreamToken(.backward, first))
        }
        switch direction {
        case .forward:
            return (self, StreamToken(.backward, position.following))
        case .backward where position == .end(of: position.stream):
            return (StreamToken(.forward, .start(of: position.stream)), self)
        case .backward:
            return (StreamToken(.forward, position.preceding), self)
        }
    }
}
