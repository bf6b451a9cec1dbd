import DynamoDBModel
import Platform
import Synchronization
import Wire

/// Holds tables with provisioned throughput to it.
///
/// A table has a bucket for reads and one for writes, which fill by its capacity and hold five minutes of it. A request is
/// let in while there is anything in the bucket, and pays when it is known what it consumes, so a bucket may go below
/// nought, as DynamoDB's do. Each node measures what it serves.
final class ThroughputMeter: Sendable {
    private struct Key: Hashable, Sendable {
        let table: Int64
        let kind: CapacityKind
    }

    private struct Bucket: Sendable {
        var units: Double
        var capacity: Double
        var filled: Instant

        mutating func fill(to now: Instant, capacity: Int) {
            let most = Double(capacity * DynamoDBLimits.burstSeconds)
            if capacity != Int(self.capacity) { units = min(units, most) }
            let seconds = Double((now - filled).wholeMilliseconds) / 1_000
            units = min(most, units + max(0, seconds) * Double(capacity))
            (self.capacity, filled) = (Double(capacity), now)
        }
    }

    private let clock: any Clock
    private let buckets = Mutex<[Key: Bucket]>([:])

    init(clock: any Clock) { self.clock = clock }

    /// Lets a request in.
    ///
    /// - Throws: `ProvisionedThroughputExceededException` where the table's bucket is empty.
    func admit(_ kind: CapacityKind, to table: Table) throws {
        guard let capacity = Self.capacity(kind, of: table) else { return }
        let now = clock.now
        let hasUnits = buckets.withLock { buckets in
            var bucket =
                buckets[Key(table: table.id, kind: kind)]
                ?? Bucket(
                    units: Double(capacity * DynamoDBLimits.burstSeconds),
                    capacity: Double(capacity), filled: now)
            bucket.fill(to: now, capacity: capacity)
            buckets[Key(table: table.id, kind: kind)] = bucket
            return bucket.units > 0
        }
        guard hasUnits else { throw Self.exceeded }
    }

    /// Notes what a request that was let in has consumed.
    func note(_ units: Double, _ kind: CapacityKind, of table: Table) {
        guard Self.capacity(kind, of: table) != nil else { return }
        buckets.withLock { $0[Key(table: table.id, kind: kind)]?.units -= units }
    }

    /// Forgets all that was consumed.
    func forget() { buckets.withLock { $0 = [:] } }

    private static func capacity(_ kind: CapacityKind, of table: Table) -> Int? {
        guard table.isProvisioned else { return nil }
        let throughput = table.description.provisionedThroughput
        return kind == .read ? throughput?.readCapacityUnits : throughput?.writeCapacityUnits
    }

    static let exceeded = DynamoDBError.provisionedThroughputExceededException(
        "The level of configured provisioned throughput for the table was exceeded. Consider "
            + "increasing your provisioning level with the UpdateTable API.")
}
