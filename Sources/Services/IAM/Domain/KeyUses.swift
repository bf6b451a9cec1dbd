import Platform
import Synchronization

/// The last uses of access keys that are not stored yet: there may be thousands a second.
final class KeyUses: Sendable {
    /// Keys whose use is remembered; more are stored first.
    static let limit = 10_000

    private let uses = Mutex<[String: KeyUse]>([:])

    /// Notes that a key was used.
    func note(_ use: KeyUse, of id: String) {
        uses.withLock { uses in
            if uses[id] != nil || uses.count < Self.limit { uses[id] = use }
        }
    }

    /// The last use of a key that is not stored yet.
    func latest(of id: String) -> KeyUse? {
        uses.withLock { $0[id] }
    }

    /// What is to be stored.
    func take() -> [String: KeyUse] {
        uses.withLock { uses in
            defer { uses = [:] }
            return uses
        }
    }
}
