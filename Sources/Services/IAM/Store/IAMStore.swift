import IAMModel
import Platform
import Storage
import Synchronization
import Wire

/// What IAM keeps, of all accounts.
struct IAMStore: Sendable {
    let database: any Database
    /// Grows with each write, so that what was made of the contents before is made anew.
    private let writes = Revision()

    init(_ database: any Database) {
        self.database = database
    }

    /// How often this process has written.
    var revision: Int { writes.value }

    /// Reads in one transaction.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any ReadTransaction) throws -> Value
    ) async throws -> Value {
        try await database.read(body)
    }

    /// Writes in one transaction, after which the authorizer reads anew.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any WriteTransaction) throws -> Value
    ) async throws -> Value {
        defer { writes.grow() }
        return try await database.write(body)
    }

    /// Makes the authorizer read anew.
    func forget() { writes.grow() }
}

/// A number that grows.
private final class Revision: Sendable {
    private let number = Atomic<Int>(0)

    var value: Int { number.load(ordering: .acquiring) }

    func grow() { number.add(1, ordering: .acquiringAndReleasing) }
}
