import Platform
import ServiceKit
import Synchronization
import Wire

/// Tells the gateway the secret and the user of lasting access keys.
final class AccessKeyCredentials: CredentialSource {
    private struct Entry {
        /// `nil` for a key that counts no more.
        let credential: Credential?
        let revision: Int
        let read: ContinuousClock.Instant
    }

    /// Keys that are kept in memory; beyond it all are forgotten.
    private static let limit = 4096
    /// How long what another node changes may stay unseen.
    private static let staleness = Duration.seconds(1)

    private let store: IAMStore
    private let uses: KeyUses
    private let rootKey: RootKey
    private let clock: any Clock
    private let entries = Mutex<[String: Entry]>([:])

    init(store: IAMStore, uses: KeyUses, rootKey: RootKey, clock: any Clock) {
        self.store = store
        self.uses = uses
        self.rootKey = rootKey
        self.clock = clock
    }

    /// The credential with this access key; `nil` for keys that IAM never made.
    ///
    /// - Throws: `CredentialFailure` for a key that is inactive or was deleted.
    func credential(accessKeyID: String, sessionToken: String?) async throws -> Credential? {
        guard accessKeyID.hasPrefix(AccessKeyID.Kind.lasting.rawValue) else { return nil }
        let (now, revision) = (clock.uptime, store.revision)
        let known = entries.withLock { $0[accessKeyID] }
        if let known, known.revision == revision, now - known.read < Self.staleness {
            guard let credential = known.credential else { throw CredentialFailure.invalid }
            return credential
        }
        guard let key = try await store.accessKey(accessKeyID) else { return nil }
        let credential = try await credential(of: key)
        entries.withLock { entries in
            if entries.count >= Self.limit { entries.removeAll() }
            entries[accessKeyID] = Entry(credential: credential, revision: revision, read: now)
        }
        guard let credential else { throw CredentialFailure.invalid }
        return credential
    }

    func noteUse(of accessKeyID: String, service: String, region: String) {
        guard accessKeyID.hasPrefix(AccessKeyID.Kind.lasting.rawValue) else { return }
        uses.note(KeyUse(time: clock.now, service: service, region: region), of: accessKeyID)
    }

    private func credential(of key: StoredAccessKey) async throws -> Credential? {
        guard key.status == StoredAccessKey.active,
            let (_, user) = try await store.keyHolder(key.id),
            let secret = SecretSeal.open(key.sealedSecret, of: key.id, under: rootKey)
        else { return nil }
        let principal =
            user.map {
                Principal.user(account: $0.account, path: $0.path, name: $0.name, id: $0.id)
            } ?? .root(account: key.account)
        return Credential(
            accessKeyID: key.id, secretAccessKey: secret, principal: principal)
    }
}
