import DynamoDBModel
import Platform

/// The throughput of tables and indexes as descriptions show it.
enum Throughput {
    /// What a new table with on-demand billing serves at once.
    /// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html>
    static let onDemandWarmth = WarmThroughput(
        readUnitsPerSecond: 12_000, writeUnitsPerSecond: 4_000)

    /// The description of a throughput that a request asks for; of none with on-demand billing.
    static func description(_ throughput: ProvisionedThroughput?)
        -> ProvisionedThroughputDescription
    {
        ProvisionedThroughputDescription(
            numberOfDecreasesToday: 0, readCapacityUnits: throughput?.readCapacityUnits ?? 0,
            writeCapacityUnits: throughput?.writeCapacityUnits ?? 0)
    }

    /// How warm a table or an index is.
    static func warmth(_ asked: WarmThroughput?, _ throughput: ProvisionedThroughput?)
        -> (read: Int, write: Int)
    {
        let floor = (
            throughput?.readCapacityUnits ?? onDemandWarmth.readUnitsPerSecond ?? 0,
            throughput?.writeCapacityUnits ?? onDemandWarmth.writeUnitsPerSecond ?? 0
        )
        return (
            max(asked?.readUnitsPerSecond ?? 0, floor.0),
            max(asked?.writeUnitsPerSecond ?? 0, floor.1)
        )
    }

    /// The description after a change from `old` to `new`.
    static func changed(
        _ old: ProvisionedThroughputDescription?, to new: ProvisionedThroughput, at now: Instant
    ) -> ProvisionedThroughputDescription {
        var changed = old ?? description(nil)
        let (reads, writes) = (changed.readCapacityUnits ?? 0, changed.writeCapacityUnits ?? 0)
        if new.readCapacityUnits > reads || new.writeCapacityUnits > writes {
            changed.lastIncreaseDateTime = now
        }
        if new.readCapacityUnits < reads || new.writeCapacityUnits < writes {
            changed.lastDecreaseDateTime = now
            changed.numberOfDecreasesToday = (changed.numberOfDecreasesToday ?? 0) + 1
        }
        changed.readCapacityUnits = new.readCapacityUnits
        changed.writeCapacityUnits = new.writeCapacityUnits
        return changed
    }
}
