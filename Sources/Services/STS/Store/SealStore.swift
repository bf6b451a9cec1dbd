import Platform
import Storage

/// The key under which session tokens are sealed. It is made when it is first needed.
///
/// The key lies in the database as it is: whoever can read the database's file can make credentials. The file's mode
/// keeps others away; a key that KMS holds may take its place.
struct SealStore: Sendable {
    private static let name = "session-token"

    private let database: any Database
    private let randomness: any Randomness

    init(_ database: any Database, randomness: any Randomness) {
        self.database = database
        self.randomness = randomness
    }

    /// The seal. It is read anew each time, since a reset of the database ends every session, and other nodes share it.
    func seal() async throws -> TokenSeal {
        let stored = try await database.read { try Self.key(in: $0) }
        if let stored { return TokenSeal(key: stored) }
        let fresh = randomness.bytes(TokenSeal.keyBytes)
        let key = try await database.write { transaction in
            try transaction.execute(
                "INSERT INTO seals (name, key) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
                Self.name, fresh)
            return try Self.key(in: transaction)
        }
        return TokenSeal(key: key ?? fresh)
    }

    private static func key(in transaction: any ReadTransaction) throws -> [UInt8]? {
        try transaction.first("SELECT key FROM seals WHERE name = ?", name)?.bytes(0)
    }
}
