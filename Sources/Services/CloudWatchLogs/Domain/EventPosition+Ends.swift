extension EventPosition {
    /// Before every event of a stream.
    static func start(of stream: Int64) -> EventPosition {
        EventPosition(time: 0, stream: stream, sequence: 0)
    }

    /// After every event of a stream.
    static func end(of stream: Int64) -> EventPosition {
        EventPosition(time: 999_999_999_999_999_999, stream: stream, sequence: 0)
    }
}
