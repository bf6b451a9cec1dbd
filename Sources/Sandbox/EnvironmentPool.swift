package import Platform

/// Which environment serves the next event: warm ones of the same deployment first, the one used last
/// before the others, within a bound on all of them. A value without I/O; the host keeps it under a lock.
package struct EnvironmentPool: Sendable {
    /// Names an environment for as long as the host runs.
    package typealias EnvironmentID = UInt64

    /// What to do for an event.
    package enum Acquisition: Sendable, Equatable {
        /// This idle environment takes it.
        case reuse(EnvironmentID)
        /// A new environment with this name takes it; where `evicting` names one, that is stopped to make
        /// room.
        case start(EnvironmentID, evicting: EnvironmentID?)
        /// Every environment is busy and there may be no more.
        case full
    }

    private struct Entry {
        let deploymentID: String
        /// Since when it is idle; `nil` while it serves.
        var idleSince: Instant?
        var isRetired = false
    }

    private let limit: Int
    private var entries: [EnvironmentID: Entry] = [:]
    /// The idle environments of a deployment, the one used last at the end.
    private var idle: [String: [EnvironmentID]] = [:]
    private var lastID: EnvironmentID = 0

    /// Makes an empty pool for at most `limit` environments.
    package init(limit: Int) {
        precondition(limit > 0)
        self.limit = limit
    }

    /// How many environments there are, busy and idle.
    package var count: Int { entries.count }

    /// Chooses an environment for an event of this deployment and marks it busy.
    package mutating func acquire(deploymentID: String) -> Acquisition {
        if let id = idle[deploymentID]?.popLast() {
            entries[id]?.idleSince = nil
            return .reuse(id)
        }
        var evicted: EnvironmentID?
        if entries.count >= limit {
            guard let oldest = oldestIdle else { return .full }
            remove(oldest)
            evicted = oldest
        }
        lastID += 1
        entries[lastID] = Entry(deploymentID: deploymentID)
        return .start(lastID, evicting: evicted)
    }

    /// The environment has finished its event. Returns whether it stays; one that does not has left the pool.
    package mutating func release(_ id: EnvironmentID, at now: Instant) -> Bool {
        guard let entry = entries[id] else { return false }
        guard !entry.isRetired else {
            remove(id)
            return false
        }
        entries[id]?.idleSince = now
        idle[entry.deploymentID, default: []].append(id)
        return true
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
        let members = entries.filter { $0.value.deploymentID == deploymentID }
        for (id, entry) in members {
            if entry.idleSince != nil { remove(id) } else { entries[id]?.isRetired = true }
        }
        return members.keys.sorted()
    }

    /// Removes and returns the environments that are idle since `moment` or longer.
    package mutating func reclaim(idleSince moment: Instant) -> [EnvironmentID] {
        let expired = entries.filter { $0.value.idleSince.map { $0 <= moment } ?? false }
        expired.keys.forEach { remove($0) }
        return expired.keys.sorted()
    }

    private var oldestIdle: EnvironmentID? {
        entries.compactMap { id, entry in entry.idleSince.map { (id, $0) } }
            .min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
    }
}
