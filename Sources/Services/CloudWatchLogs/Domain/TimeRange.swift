/// The times, in milliseconds since the Unix epoch, that events are asked for: from the first to
/// just before the last.
typealias TimeRange = Range<Int64>

extension TimeRange {
    /// The times from `start` to just before `end`; without limit where they are `nil`, none where
    /// they are the wrong way round.
    init(from start: Int?, before end: Int?) {
        let first = Int64(Swift.max(0, start ?? 0))
        self = first..<Swift.max(first, end.map(Int64.init) ?? .max)
    }
}
