/// The tasks that sleep on a clock, in the order of their deadlines, and of their coming where
/// those are equal.
struct Sleepers: Sendable {
    typealias Continuation = CheckedContinuation<Void, any Error>

    private struct Sleeper: Sendable {
        let deadline: Instant
        let ticket: UInt64
        let continuation: Continuation
    }

    /// The next to wake is the last, where taking it away moves nobody.
    private var sleeping: [Sleeper] = []
    private var tickets: UInt64 = 0

    var count: Int { sleeping.count }

    var earliest: Instant? { sleeping.last?.deadline }

    /// A number for somebody who is about to sleep, by which he can be woken.
    mutating func ticket() -> UInt64 {
        tickets += 1
        return tickets
    }

    mutating func add(_ continuation: Continuation, deadline: Instant, ticket: UInt64) {
        let place = index(deadline: deadline, ticket: ticket)
        let sleeper = Sleeper(deadline: deadline, ticket: ticket, continuation: continuation)
        sleeping.insert(sleeper, at: place)
    }

    /// Takes away one who does not want to wait any longer.
    mutating func remove(deadline: Instant, ticket: UInt64) -> Continuation? {
        let place = index(deadline: deadline, ticket: ticket)
        guard place < sleeping.count, sleeping[place].ticket == ticket else { return nil }
        return sleeping.remove(at: place).continuation
    }

    /// Takes away the first whose deadline is not after `now`.
    mutating func popDue(_ now: Instant) -> Continuation? {
        guard let last = sleeping.last, last.deadline <= now else { return nil }
        return sleeping.removeLast().continuation
    }

    /// Where the sleeper stands or belongs.
    private func index(deadline: Instant, ticket: UInt64) -> Int {
        var (low, high) = (0, sleeping.count)
        while low < high {
            let middle = (low + high) / 2
            let other = sleeping[middle]
            if (other.deadline, other.ticket) > (deadline, ticket) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
