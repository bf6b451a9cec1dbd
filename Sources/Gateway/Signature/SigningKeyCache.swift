import Synchronization

/// The signing keys that were used last: deriving one costs four HMACs, more than checking a signature.
final class SigningKeyCache: Sendable {
    private struct Identifier: Hashable {
        let secret: String
        let scope: CredentialScope
    }

    /// The keys that are kept; a client uses one a day and service.
    private let capacity: Int
    private let keys = Mutex<[Identifier: SigningKey]>([:])

    init(capacity: Int = 4096) {
        self.capacity = capacity
    }

    /// The key for `secret` in `scope`.
    func key(secret: String, scope: CredentialScope) -> SigningKey {
        let identifier = Identifier(secret: secret, scope: scope)
        if let key = keys.withLock({ $0[identifier] }) { return key }
        let key = SigningKey(secret: secret, scope: scope)
        keys.withLock { keys in
            // Yesterday's keys go with everybody's: a full cache is filled anew at little cost.
            if keys.count >= capacity { keys.removeAll(keepingCapacity: true) }
            keys[identifier] = key
        }
        return key
    }
}
