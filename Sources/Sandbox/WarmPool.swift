package import Platform

/// How many sandboxes of each runtime wait for a function: by demand, within a bound on their memory. A value without I/O;
/// the host keeps it under a lock.
package struct WarmPool: Sendable {
    /// Names a sandbox for as long as the host runs.
    package typealias SandboxID = UInt64

    /// What a sandbox can become: a function of this runtime.
    package struct Kind: Hashable, Sendable {
        package var runtime: String
        /// What one of them uses while it waits, about.
        package var mebibytes: Int

        package init(runtime: String, mebibytes: Int) {
            self.runtime = runtime
            self.mebibytes = mebibytes
        }
    }

    private struct Shelf {
        /// How many are to wait.
        var wanted: Int
        /// Those that are started, the oldest first.
        var sandboxes: [SandboxID] = []
        var lastTaken: Instant

        mutating func raise(to count: Int) { wanted = max(wanted, count) }
    }

    private let budgetMiB: Int
    private var shelves: [Kind: Shelf] = [:]
    /// Those that nobody can take yet.
    private var launching: Set<SandboxID> = []
    /// Those that are not ready yet.
    private var starting: Set<SandboxID> = []
    private var lastID: SandboxID = 0

    /// - Parameter budgetMiB: what all that wait may use together; 0 for no pool.
    package init(budgetMiB: Int) {
        self.budgetMiB = budgetMiB
    }

    /// How many wait, ready or not.
    package var count: Int { shelves.values.reduce(0) { $0 + $1.sandboxes.count } }

    /// A function of this kind is there, and an event for it may come.
    package mutating func expect(_ kind: Kind, at now: Instant) {
        shelves[kind, default: Shelf(wanted: 0, lastTaken: now)].raise(
            to: SandboxLimits.warmAtFirst)
        shelves[kind]?.lastTaken = now
    }

    /// Takes a sandbox, the oldest, which is most likely ready. Where there is none, more are wanted from now on.
    package mutating func take(_ kind: Kind, at now: Instant) -> SandboxID? {
        expect(kind, at: now)
        guard let id = shelves[kind]?.sandboxes.first(where: { !launching.contains($0) }) else {
            let wanted = shelves[kind]?.wanted ?? 0
            shelves[kind]?.raise(to: min(2 * wanted, SandboxLimits.warmAtMost))
            return nil
        }
        remove(id)
        return id
    }

    /// What is to be started now, if anything: few at a time, so that events are not kept waiting for it.
    package mutating func next() -> (id: SandboxID, kind: Kind)? {
        guard starting.count < SandboxLimits.warmStarts else { return nil }
        let used = shelves.reduce(0) { $0 + $1.key.mebibytes * $1.value.sandboxes.count }
        let wanting = shelves.filter {
            $0.value.sandboxes.count < $0.value.wanted && used + $0.key.mebibytes <= budgetMiB
        }
        // The emptiest shelf first, then the one asked for last.
        let choice = wanting.min {
            ($0.value.sandboxes.count, $1.value.lastTaken, $0.key.runtime)
                < ($1.value.sandboxes.count, $0.value.lastTaken, $1.key.runtime)
        }
        guard let kind = choice?.key else { return nil }
        lastID += 1
        starting.insert(lastID)
        launching.insert(lastID)
        shelves[kind]?.sandboxes.append(lastID)
        return (lastID, kind)
    }

    /// The sandbox is there, and can be taken.
    package mutating func launched(_ id: SandboxID) { launching.remove(id) }

    /// The sandbox is ready for a function.
    package mutating func ready(_ id: SandboxID) { starting.remove(id) }

    /// The sandbox ended. Where it was to wait, none of its kind is started again until one is asked for. Returns whether
    /// it was.
    package mutating func failed(_ id: SandboxID) -> Bool {
        guard let kind = shelves.first(where: { $0.value.sandboxes.contains(id) })?.key else {
            return false
        }
        remove(id)
        shelves[kind]?.wanted = 0
        return true
    }

    /// Wants fewer of what has not been asked for lately. Returns what is to be stopped.
    package mutating func shrink(at now: Instant) -> [SandboxID] {
        var surplus: [SandboxID] = []
        for (kind, shelf) in shelves where now - shelf.lastTaken >= SandboxLimits.warmTime {
            let wanted = min(shelf.wanted, max(1, shelf.wanted / 2))
            shelves[kind]?.wanted = wanted
            surplus += shelf.sandboxes.dropFirst(wanted)
        }
        surplus.forEach { remove($0) }
        return surplus
    }

    /// Wants none, until one is asked for. Returns what is to be stopped.
    package mutating func empty() -> [SandboxID] {
        let all = shelves.values.flatMap(\.sandboxes)
        shelves = [:]
        starting = []
        launching = []
        return all.sorted()
    }

    private mutating func remove(_ id: SandboxID) {
        starting.remove(id)
        launching.remove(id)
        for kind in shelves.keys { shelves[kind]?.sandboxes.removeAll { $0 == id } }
    }
}
