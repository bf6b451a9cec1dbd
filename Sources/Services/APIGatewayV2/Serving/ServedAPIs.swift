import Storage
import Synchronization

/// The APIs that this node has served lately, ready to serve again without asking the database.
///
/// A change made here is served from then on. A change made by another node is noticed by the API's
/// version, a row that is looked at again once what is known of it is a second old; so every node
/// serves it within a second.
final class ServedAPIs: Sendable {
    private struct Entry: Sendable {
        let api: ServedAPI
        var checked: ContinuousClock.Instant
    }

    private struct State: Sendable {
        var entries: [String: Entry] = [:]
        /// Counts what was forgotten, so that nothing that was read before is kept after.
        var changes = 0
    }

    private let database: any Database
    private let uptime: @Sendable () -> ContinuousClock.Instant
    private let state = Mutex(State())

    /// - Parameter uptime: tells how old what is known is; real time, also where the clock is virtual.
    init(database: any Database, uptime: @escaping @Sendable () -> ContinuousClock.Instant) {
        self.database = database
        self.uptime = uptime
    }

    /// An API; `nil` where there is none.
    func api(_ id: String) async throws -> ServedAPI? {
        let now = uptime()
        let (entry, changes) = state.withLock { ($0.entries[id], $0.changes) }
        if let entry, now - entry.checked < APIGatewayV2Limits.staleness { return entry.api }
        let known = entry?.api.version
        let read: ServedAPI?? = try await database.read { transaction in
            guard let api = try transaction.api(id) else { return .some(nil) }
            return api.servingVersion == known ? .none : .some(try Self.load(api, in: transaction))
        }
        let api = read ?? entry?.api
        state.withLock { state in
            guard state.changes == changes else { return }
            if state.entries.count >= APIGatewayV2Limits.cachedAPIs { state.entries = [:] }
            state.entries[id] = api.map { Entry(api: $0, checked: now) }
        }
        return api
    }

    /// Reads an API anew at its next request.
    func forget(_ id: String) {
        state.withLock { state in
            state.entries[id] = nil
            state.changes += 1
        }
    }

    private static func load(_ api: APIRecord, in transaction: any ReadTransaction) throws
        -> ServedAPI
    {
        var stages: [String: ServedAPI.Stage] = [:]
        for stage in api.isEndpointDisabled ? [] : try transaction.stages(of: api) {
            guard let deployment = stage.deploymentID,
                let snapshot = try transaction.snapshot(deployment, of: api)
            else { continue }
            stages[stage.name] = ServedAPI.Stage(
                name: stage.name, variables: stage.variables, routes: RouteTable(snapshot.routes),
                cors: snapshot.cors)
        }
        return ServedAPI(
            id: api.id, scope: api.scope, version: api.servingVersion, stages: stages)
    }
}
