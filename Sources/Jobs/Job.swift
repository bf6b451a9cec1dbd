package import Platform

/// A piece of work that is owed.
package struct Job: Sendable, Equatable {
    /// Names the job. Identifiers sort in the order in which a process made them.
    package let id: String
    /// Which handler does it.
    package let kind: String
    /// The name under which it can be found, replaced and cancelled, if it has one.
    package let key: String?
    /// What the handler needs to know; the owner chooses the format.
    package let payload: [UInt8]
    /// Since when it is owed: when it was enqueued, or `notBefore` if that was later.
    package let owedSince: Instant
    /// When it was to be done: `notBefore`, or the time of the retry.
    package let due: Instant
    /// How many times it has been started, this time included. A dead-letter handler is no attempt.
    package let attempt: Int
    /// Why the attempt before failed.
    package let lastError: String?

    /// Makes a job; tests of handlers do so.
    package init(
        id: String, kind: String, key: String? = nil, payload: [UInt8], owedSince: Instant,
        due: Instant, attempt: Int = 1, lastError: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.key = key
        self.payload = payload
        self.owedSince = owedSince
        self.due = due
        self.attempt = attempt
        self.lastError = lastError
    }
}
