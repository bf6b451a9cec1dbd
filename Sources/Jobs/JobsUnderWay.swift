internal import Platform

/// Which jobs this node works on: how many of each kind it may still take, and which leases must be
/// renewed.
struct JobsUnderWay {
    /// How many more jobs of a kind may be taken.
    struct Vacancy: Sendable {
        let handler: JobHandler
        let places: Int
    }

    private struct Entry {
        let handler: JobHandler
        var leaseEnd: Instant

        /// Half of the lease is left for the renewal to reach the database.
        var renewal: Instant { leaseEnd - handler.lease / 2 }
    }

    private let handlers: [JobHandler]
    private var entries: [Lease: Entry] = [:]
    private var counts: [String: Int] = [:]

    init(handlers: [JobHandler]) {
        self.handlers = handlers.sorted { $0.kind < $1.kind }
    }

    /// The kinds that have places, in the order of their names.
    var vacancies: [Vacancy] {
        handlers.map { Vacancy(handler: $0, places: $0.concurrency - counts[$0.kind, default: 0]) }
            .filter { $0.places > 0 }
    }

    /// When the next lease must be renewed.
    var nextRenewal: Instant? {
        entries.values.map(\.renewal).min()
    }

    mutating func begin(_ lease: Lease, handler: JobHandler, now: Instant) {
        entries[lease] = Entry(handler: handler, leaseEnd: now + handler.lease)
        counts[handler.kind, default: 0] += 1
    }

    /// Notes the end of a job. True when its kind had no place left before.
    mutating func end(_ lease: Lease) -> Bool {
        guard let handler = entries.removeValue(forKey: lease)?.handler else { return false }
        let before = counts[handler.kind, default: 0]
        counts[handler.kind] = before - 1
        return before == handler.concurrency
    }

    /// The leases that must be renewed by `now`, each with its new end, which is noted.
    mutating func renew(now: Instant) -> [(lease: Lease, end: Instant)] {
        let due = entries.filter { $0.value.renewal <= now }
        return due.map { lease, entry in
            let end: Instant = now + entry.handler.lease
            entries[lease]?.leaseEnd = end
            return (lease, end)
        }
    }
}
