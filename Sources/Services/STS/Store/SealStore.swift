import Platform
import ServiceKit
import Storage

/// The key under which session tokens are sealed. It is made when it is first needed.
///
/// It lies in the database under the root key, so that whoever reads the database alone cannot make credentials.
struct SealStore: Sendable {
    private static let name = "session-token"
    private static let purpose = "sts session token"

    private let database: any Database
    private let rootKey: RootKey
    private let randomness: any Randomness

    init(_ database: any Database, rootKey: RootKey, randomness: any Randomness) {
        self.database = database
        self.rootKey = rootKey
        self.randomness = randomness
    }

    /// The seal. It is read anew each time, since a reset of the database ends every session, and other nodes share it.
    func seal() async throws -> TokenSeal {
        let stored = try await database.read { try Self.key(in: $0) }
        if let key = stored.flatMap(open) { return TokenSeal(key: key) }
        let fresh = rootKey.seal(
            randomness.bytes(TokenSeal.keyBytes), for: Self.purpose, bindingTo: Self.name,
            randomness: randomness)
        let key = try await database.write { transaction in
            try transaction.execute(
                "INSERT INTO seals (name, key) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
                Self.name, fresh)
            return try Self.key(in: transaction)
        }
        guard let opened = open(key ?? fresh) else { throw CommonError.internalFailure }
        return TokenSeal(key: opened)
    }

    private func open(_ sealed: [UInt8]) -> [UInt8]? {
        rootKey.open(sealed, for: Self.purpose, bindingTo: Self.name)
    }

    private static func key(in transaction: any ReadTransaction) throws -> [UInt8]? {
        try transaction.first("SELECT key FROM seals WHERE name = ?", name)?.bytes(0)
    }
}
