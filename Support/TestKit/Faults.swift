import Platform
package import Storage
import Synchronization

/// What goes wrong with a transaction.
package enum Fault: Sendable, Equatable {
    /// The statement of this number, counted from 1, fails; a transaction with fewer goes well.
    case statement(Int, StorageError.Kind)
    /// The commit fails, and nothing is done.
    case commit(StorageError.Kind)
    /// The connection is lost on commit: everything is done, and nobody is told.
    case lostAnswer
    /// The body is run, taken back, and run again, as after a conflict with another node.
    case secondRun
}

/// Decides which transactions fail, and how: as a test says, or by a seed.
package final class Faults: Sendable {
    private struct State: Sendable {
        var planned: [Fault] = []
        var percent = 0
        var count = 0
    }

    private let state: Mutex<State>
    private let randomness: any Randomness

    /// Faults that a test asks for.
    package init() {
        randomness = SeededRandomness(seed: 0)
        state = Mutex(State())
    }

    /// Faults in so many of a hundred transactions; which and how the seed determines.
    package init(seed: UInt64, percent: Int) {
        randomness = SeededRandomness(seed: seed)
        state = Mutex(State(percent: percent))
    }

    /// Lets the next writes fail so, one after the other.
    package func plan(_ faults: Fault...) {
        state.withLock { $0.planned += faults }
    }

    /// Lets everything go well from now on.
    package func stop() {
        state.withLock { $0 = State(count: $0.count) }
    }

    /// How many transactions had a fault.
    package var count: Int { state.withLock { $0.count } }

    func forRead() -> Fault? {
        state.withLock { state in
            guard isDue(state.percent) else { return nil }
            state.count += 1
            return .statement(number(upTo: 3), .unavailable)
        }
    }

    func forWrite() -> Fault? {
        state.withLock { state in
            guard !state.planned.isEmpty || isDue(state.percent) else { return nil }
            state.count += 1
            if !state.planned.isEmpty { return state.planned.removeFirst() }
            let kinds: [StorageError.Kind] = [.unavailable, .full, .conflict]
            switch number(upTo: 4) {
            case 1: return .statement(number(upTo: 4), kinds[number(upTo: 3) - 1])
            case 2: return .commit(kinds[number(upTo: 3) - 1])
            case 3: return .lostAnswer
            default: return .secondRun
            }
        }
    }

    private func isDue(_ percent: Int) -> Bool { number(upTo: 100) <= percent }

    private func number(upTo limit: Int) -> Int {
        1 + Int(randomness.fraction() * Double(limit))
    }
}
