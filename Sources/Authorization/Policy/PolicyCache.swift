import Synchronization

/// Policies that were read before, by their text.
package final class PolicyCache: Sendable {
    /// How many policies are kept. When there are more, all are forgotten, which costs each a few microseconds.
    private static let limit = 4096

    private let policies = Mutex<[String: Policy]>([:])

    package init() {}

    /// The policy that `text` writes; one that denies everything where `text` writes none.
    package func policy(_ text: String) -> Policy {
        if let known = policies.withLock({ $0[text] }) { return known }
        let policy = (try? Policy(json: text)) ?? .unreadable
        policies.withLock { policies in
            if policies.count >= Self.limit { policies.removeAll() }
            policies[text] = policy
        }
        return policy
    }
}
