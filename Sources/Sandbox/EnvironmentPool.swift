package import Platform

/// Which environment serves the next event: warm ones of the same deployment first, the one used last
/// before the others, within a bound on all of them and on those that start at the same time. A value without I/O;
/// the host keeps it under a lock.
package struct EnvironmentPool: Sendable {
    /// Names an environment for as long as the host runs.
    package typealias EnvironmentID = UInt64
    /// Names an event that waits for an environment.
    package typealias WaiterID = UInt64

    /// What to do for an event.
    package enum Acquisition: Sendable, Equatable {
        /// This idle environment takes it.
        case reuse(EnvironmentID)
        /// A new environment with this name takes it; where `evicting` names one, that is stopped to make
        /// room.
        case start(EnvironmentID, evicting: EnvironmentID?)
        /// Enough environments start already: the event waits, under this name, until `release` or `started` gives it
        /// one.
        case wait(WaiterID)
        /// Every environment is busy and there may be no more.
        case full
    }

    private struct Entry {
        let deploymentID: String
        /// Since when it is idle; `nil` while it serves.
        var idleSince: Instant?
        /// The event loop that it lives on.
        var place: ObjectIdentifier?
        var isRetired = false
    }

    /// What becomes of an environment that has finished its event.
    package enum Release: Sendable, Equatable {
        case stays
        /// It has left the pool.
        case leaves
        /// It serves the event of this name next.
        case serves(WaiterID)
    }

    private let limit: Int
    private let startLimit: Int
    private var entries: [EnvironmentID: Entry] = [:]
    /// The idle environments of a deployment, the one used last at the end.
    private var idle: [String: [EnvironmentID]] = [:]
    private var starting: Set<EnvironmentID> = []
    private var waiters: [(id: WaiterID, deploymentID: String)] = []
    /// How many environments of a deployment are kept, however long they are idle.
    private var kept: [String: Int] = [:]
    private var lastID: EnvironmentID = 0
    private var lastWaiterID: WaiterID = 0

    /// Makes an empty pool for at most `limit` environments, of which `startLimit` start at the same time.
    package init(limit: Int, startLimit: Int = SandboxLimits.starts) {
        precondition(limit > 0 && startLimit > 0)
        self.limit = limit
        self.startLimit = startLimit
    }

    /// How many environments there are, busy and idle.
    package var count: Int { entries.count }

    /// How many of them are idle.
    package var idleCount: Int { entries.values.count { $0.idleSince != nil } }

    /// Chooses an environment for an event of this deployment and marks it busy.
    ///
    /// - Parameter place: the event loop that the event is on: an idle environment of the same loop comes before the
    ///   others, since the event then changes no thread.
    package mutating func acquire(
        deploymentID: String, near place: ObjectIdentifier? = nil
    ) -> Acquisition {
        if let id = takeIdle(of: deploymentID, near: place) {
            entries[id]?.idleSince = nil
            return .reuse(id)
        }
        guard starting.count < startLimit else {
            lastWaiterID += 1
            waiters.append((lastWaiterID, deploymentID))
            return .wait(lastWaiterID)
        }
        return start(deploymentID: deploymentID)
    }

    /// Makes room for a new environment of the deployment, whatever else starts.
    package mutating func start(deploymentID: String) -> Acquisition {
        var evicted: EnvironmentID?
        if entries.count >= limit {
            guard let oldest = oldestIdle else { return .full }
            remove(oldest)
            evicted = oldest
        }
        lastID += 1
        entries[lastID] = Entry(deploymentID: deploymentID)
        starting.insert(lastID)
        return .start(lastID, evicting: evicted)
    }

    /// The environment has started, or will not: others may. Returns what the events get that waited for it.
    package mutating func started(_ id: EnvironmentID) -> [(WaiterID, Acquisition)] {
        guard starting.remove(id) != nil else { return [] }
        var admitted: [(WaiterID, Acquisition)] = []
        while starting.count < startLimit, !waiters.isEmpty {
            let waiter = waiters.removeFirst()
            admitted.append((waiter.id, start(deploymentID: waiter.deploymentID)))
        }
        return admitted
    }

    /// Keeps so many environments of a deployment from now on. Returns how many more there must be.
    package mutating func keep(_ count: Int, deploymentID: String) -> Int {
        kept[deploymentID] = count == 0 ? nil : count
        let members = entries.values.count { $0.deploymentID == deploymentID && !$0.isRetired }
        return max(0, count - members)
    }

    /// Takes out the events that wait. Nothing starts any more.
    package mutating func takeWaiters() -> [WaiterID] {
        defer { waiters = [] }
        return waiters.map(\.id)
    }

    private mutating func takeIdle(
        of deploymentID: String, near place: ObjectIdentifier?
    ) -> EnvironmentID? {
        guard let candidates = idle[deploymentID], !candidates.isEmpty else { return nil }
        let near = place.flatMap { place in
            candidates.lastIndex { entries[$0]?.place == place }
        }
        return idle[deploymentID]?.remove(at: near ?? candidates.count - 1)
    }

    /// The environment has finished its event.
    ///
    /// - Parameter place: the event loop that the environment lives on.
    package mutating func release(
        _ id: EnvironmentID, at now: Instant, place: ObjectIdentifier? = nil
    ) -> Release {
        guard let entry = entries[id] else { return .leaves }
        guard !entry.isRetired else {
            remove(id)
            return .leaves
        }
        if let index = waiters.firstIndex(where: { $0.deploymentID == entry.deploymentID }) {
            return .serves(waiters.remove(at: index).id)
        }
        entries[id]?.idleSince = now
        entries[id]?.place = place
        idle[entry.deploymentID, default: []].append(id)
        return .stays
    }

    /// The environment is gone.
    package mutating func remove(_ id: EnvironmentID) {
        guard let entry = entries.removeValue(forKey: id) else { return }
        idle[entry.deploymentID]?.removeAll { $0 == id }
        if idle[entry.deploymentID]?.isEmpty == true { idle[entry.deploymentID] = nil }
    }

    /// No environment of the deployment takes another event. Returns the idle ones, which have left the
    /// pool, and the busy ones.
    package mutating func retire(deploymentID: String) -> [EnvironmentID] {
        kept[deploymentID] = nil
        let members = entries.filter { $0.value.deploymentID == deploymentID }
        for (id, entry) in members {
            if entry.idleSince != nil { remove(id) } else { entries[id]?.isRetired = true }
        }
        return members.keys.sorted()
    }

    /// Removes and returns the environments that are idle since `moment` or longer.
    package mutating func reclaim(idleSince moment: Instant) -> [EnvironmentID] {
        let expired = dispensable.filter { $0.since <= moment }.map(\.id).sorted()
        expired.forEach { remove($0) }
        return expired
    }

    private var oldestIdle: EnvironmentID? {
        dispensable.min { ($0.since, $0.id) < ($1.since, $1.id) }?.id
    }

    /// The idle environments, but for those that are kept.
    private var dispensable: [(id: EnvironmentID, since: Instant)] {
        var found: [(id: EnvironmentID, since: Instant)] = []
        for (deploymentID, ids) in idle {
            var spare = ids.count
            if let kept = kept[deploymentID] {
                let members = entries.values.count { $0.deploymentID == deploymentID }
                spare = min(spare, max(0, members - kept))
            }
            for id in ids.prefix(spare) {
                if let since = entries[id]?.idleSince { found.append((id, since)) }
            }
        }
        return found
    }
}
