import CloudWatchLogsModel
import Platform
import Wire

/// A batch of `PutLogEvents`: which of its events are taken, and what is said of the others.
struct EventBatch: Sendable {
    /// The events that are taken.
    let accepted: ArraySlice<InputLogEvent>
    /// What is said of the others; `nil` where all are taken.
    let rejected: RejectedLogEventsInfo?

    /// Looks through a batch.
    ///
    /// - Parameter retention: how long the log group keeps its events; `nil` is for ever.
    /// - Throws: `InvalidParameterException` for a batch of which nothing is taken: too large, out
    ///   of order, or over too long a time.
    init(_ events: [InputLogEvent], now: Instant, retention: Duration?) throws {
        try Self.checkSizes(events)
        try Self.checkOrder(events)
        let tooOld = Self.count(of: events, before: now - CloudWatchLogsLimits.oldestEvent)
        let expired = retention.map { Self.count(of: events, before: now - $0) } ?? 0
        let newest = (now + CloudWatchLogsLimits.newestEvent).milliseconds
        let tooNew = events.firstIndex { $0.timestamp > newest } ?? events.endIndex
        let first = max(tooOld, expired)
        accepted = first < tooNew ? events[first..<tooNew] : []
        try Self.checkSpan(accepted)
        let isComplete = first == 0 && tooNew == events.endIndex
        rejected =
            isComplete
            ? nil
            : RejectedLogEventsInfo(
                tooNewLogEventStartIndex: tooNew == events.endIndex ? nil : tooNew,
                tooOldLogEventEndIndex: tooOld == 0 ? nil : tooOld,
                expiredLogEventEndIndex: expired == 0 ? nil : expired)
    }

    /// What an event counts toward every limit of bytes.
    static func bytes(of message: String) -> Int {
        message.utf8.count + CloudWatchLogsLimits.eventOverheadBytes
    }

    private static func checkSizes(_ events: [InputLogEvent]) throws {
        var total = 0
        for event in events {
            let size = bytes(of: event.message)
            guard size <= CloudWatchLogsLimits.eventBytes else {
                throw CloudWatchLogsError.invalidParameterException(
                    "Log event too large: \(size) bytes exceeds limit of "
                        + "\(CloudWatchLogsLimits.eventBytes)")
            }
            total += size
        }
        guard total <= CloudWatchLogsLimits.batchBytes else {
            throw CloudWatchLogsError.invalidParameterException(
                "Upload too large: \(total) bytes exceeds limit of "
                    + "\(CloudWatchLogsLimits.batchBytes)")
        }
    }

    private static func checkOrder(_ events: [InputLogEvent]) throws {
        for (event, next) in zip(events, events.dropFirst()) where next.timestamp < event.timestamp
        {
            throw CloudWatchLogsError.invalidParameterException(
                "Log events in a single PutLogEvents request must be in chronological order.")
        }
    }

    private static func checkSpan(_ events: ArraySlice<InputLogEvent>) throws {
        guard let first = events.first, let last = events.last else { return }
        guard
            last.timestamp - first.timestamp
                <= Int(CloudWatchLogsLimits.batchSpan.wholeMilliseconds)
        else {
            throw CloudWatchLogsError.invalidParameterException(
                "The batch of log events in a single PutLogEvents request cannot span more than 24 hours."
            )
        }
    }

    private static func count(of events: [InputLogEvent], before time: Instant) -> Int {
        events.firstIndex { $0.timestamp >= time.milliseconds } ?? events.endIndex
    }
}
