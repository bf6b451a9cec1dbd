/// What a page of events may still hold.
struct PageBudget: Sendable {
    private var events: Int
    private var bytes = CloudWatchLogsLimits.pageBytes

    /// A page of up to `events` events.
    init(events: Int) {
        self.events = events
    }

    /// Whether nothing more fits.
    var isSpent: Bool { events == 0 || bytes <= 0 }

    /// Takes an event of `size` bytes in; false where it does not fit.
    mutating func take(_ size: Int) -> Bool {
        guard events > 0, size <= bytes else { return false }
        events -= 1
        bytes -= size
        return true
    }
}
