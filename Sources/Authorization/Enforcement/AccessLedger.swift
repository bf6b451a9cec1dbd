package import Platform
import Synchronization

/// Remembers what was decided: the denials of late by request, and what every user and role did.
package final class AccessLedger: Sendable {
    /// One decision.
    package struct Entry: Sendable, Equatable {
        package var requestID: String
        package var time: Instant
        /// Who asked.
        package var caller: String
        /// Whose policies counted: the role of a session, the user.
        package var bearer: String
        package var action: String
        package var resource: String
        package var decision: Decision
        /// Whether the decision was kept, or told only.
        package var isEnforced: Bool
    }

    /// An action on a resource that somebody did.
    package struct Usage: Hashable, Sendable {
        package var bearer: String
        package var action: String
        package var resource: String

        package init(bearer: String, action: String, resource: String) {
            self.bearer = bearer
            self.action = action
            self.resource = resource
        }
    }

    /// Denials that are remembered.
    package static let denialLimit = 2000
    /// Allowed decisions that are remembered.
    private static let allowanceLimit = 2000
    /// Users and roles whose doings are remembered.
    fileprivate static let bearerLimit = 500
    /// Doings of one of them that are remembered.
    package static let usageLimit = 500

    fileprivate struct State {
        var denials = RecentEntries(limit: AccessLedger.denialLimit)
        var allowances = RecentEntries(limit: AccessLedger.allowanceLimit)
        var usages: [String: Set<Usage>] = [:]
        var news = News()
    }

    /// What is not stored yet.
    package struct News: Sendable {
        package var denials: [Entry] = []
        package var usages: [Usage] = []

        package var isEmpty: Bool { denials.isEmpty && usages.isEmpty }
    }

    private let state = Mutex(State())

    package init() {}

    /// Remembers a decision.
    package func record(_ entry: Entry) {
        state.withLock { state in
            if entry.decision.isAllowed {
                state.allowances.add(entry)
            } else {
                state.denials.add(entry)
                if state.news.denials.count < Self.denialLimit { state.news.denials.append(entry) }
                // What was refused was not done.
                if entry.isEnforced { return }
            }
            let usage = Usage(
                bearer: entry.bearer, action: entry.action, resource: entry.resource)
            if state.add(usage) { state.news.usages.append(usage) }
        }
    }

    /// The decisions of a request, in their order.
    package func entries(of requestID: String) -> [Entry] {
        state.withLock { state in
            (state.denials.entries(of: requestID) + state.allowances.entries(of: requestID))
                .sorted { $0.time < $1.time }
        }
    }

    /// What a user or role did, sorted.
    package func usages(of bearer: String) -> [Usage] {
        state.withLock { state in
            (state.usages[bearer] ?? [])
                .sorted { ($0.action, $0.resource) < ($1.action, $1.resource) }
        }
    }

    /// Takes back what was stored before.
    package func restore(_ usages: [Usage]) {
        state.withLock { state in
            for usage in usages { _ = state.add(usage) }
        }
    }

    /// What was recorded since this was asked last.
    package func takeNews() -> News {
        state.withLock { state in
            defer { state.news = News() }
            return state.news
        }
    }

    /// Forgets everything.
    package func forget() {
        state.withLock { $0 = State() }
    }
}

extension AccessLedger.State {
    /// Remembers a doing; says whether it is new.
    fileprivate mutating func add(_ usage: AccessLedger.Usage) -> Bool {
        if usages[usage.bearer] == nil, usages.count >= AccessLedger.bearerLimit { return false }
        if usages[usage.bearer, default: []].count >= AccessLedger.usageLimit { return false }
        return usages[usage.bearer, default: []].insert(usage).inserted
    }
}
