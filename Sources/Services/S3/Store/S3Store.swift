import Blobs
import Jobs
import Logging
import Platform
import ServiceKit
import Storage

/// What S3 keeps: buckets, objects and uploads in rows, bytes in rows or blobs. Its concerns are in extensions.
final class S3Store: Sendable {
    let database: any Database
    let blobs: any BlobStore
    let jobs: JobQueue
    let clock: any Clock
    let randomness: any Randomness
    let caller: ServiceCaller
    let delivery: Delivery
    /// Seals the keys of objects.
    let rootKey: RootKey
    let logger: Logger

    init(_ dependencies: ServiceDependencies, database: any Database, blobs: any BlobStore) {
        self.database = database
        self.blobs = blobs
        self.clock = dependencies.clock
        self.randomness = dependencies.randomness
        self.caller = dependencies.caller
        self.delivery = dependencies.delivery
        self.rootKey = dependencies.rootKey
        self.logger = dependencies.logger
        self.jobs = JobQueue(
            database: database, clock: dependencies.clock, randomness: dependencies.randomness,
            logger: dependencies.logger)
    }

    /// The number of a new row. Chance keeps it from ever being one that was used before, also by another node.
    func rowID() -> Int64 {
        randomness.bytes(8).reduce(0) { $0 << 8 | Int64($1) } & .max
    }

    /// The `VersionId` of a new version.
    func versionID() -> String { randomness.string(32, from: .versionID) }

    /// What makes the key of an upload that of one of its parts.
    func newSalt() -> [UInt8] { randomness.bytes(16) }

    /// The identifier of a new upload.
    func uploadID() -> String { randomness.string(64, from: .versionID) }
}

extension Alphabet {
    fileprivate static let versionID = Alphabet(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._")
}
