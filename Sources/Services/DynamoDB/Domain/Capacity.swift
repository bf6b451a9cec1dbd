import DynamoDBModel
import DynamoDBValues

/// The capacity that a request consumes of one table and its indexes.
///
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/capacity-unit-calculations.html
struct Capacity: Sendable {
    private(set) var table = 0.0
    private(set) var indexes: [String: Double] = [:]

    var total: Double { indexes.values.reduce(table, +) }

    /// What reading so many bytes consumes.
    ///
    /// - Parameter factor: 1 for strongly consistent reads, 0.5 for others, 2 for transactional ones.
    static func reading(_ bytes: Int, factor: Double) -> Double {
        let unit = DynamoDBLimits.readUnitBytes
        return Double(max(1, (bytes + unit - 1) / unit)) * factor
    }

    /// What writing an item of so many bytes consumes.
    static func writing(_ bytes: Int) -> Double {
        let unit = DynamoDBLimits.writeUnitBytes
        return Double(max(1, (bytes + unit - 1) / unit))
    }

    /// Adds what was consumed of the table, or of an index.
    mutating func add(_ units: Double, index: String? = nil) {
        if let index { indexes[index, default: 0] += units } else { table += units }
    }

    mutating func add(_ other: Capacity) {
        table += other.table
        indexes.merge(other.indexes, uniquingKeysWith: +)
    }

    /// Adds what a change of an item consumes of the table and its indexes.
    ///
    /// - Parameter factor: 1, or 2 in a transaction.
    mutating func add(_ change: ItemChange, factor: Double) {
        add(Self.writing(max(change.old?.size ?? 0, change.new?.size ?? 0)) * factor)
        guard change.old != change.new else { return }
        for index in change.table.indexes where index.kind != .expiry {
            let old = change.old.flatMap { IndexRow(of: $0, in: index) }
            let new = change.new.flatMap { IndexRow(of: $0, in: index) }
            let isSame = old == new && (index.hasCopies || old == nil)
            if isSame { continue }
            let oldSize = old.map { $0.copy?.size ?? change.old?.size ?? 0 }
            let newSize = new.map { $0.copy?.size ?? change.new?.size ?? 0 }
            if old?.place == new?.place {
                add(Self.writing(max(oldSize ?? 0, newSize ?? 0)) * factor, index: index.name)
            } else {
                // The row at the old place is deleted, and one at the new place is put.
                for size in [oldSize, newSize].compactMap({ $0 }) {
                    add(Self.writing(size) * factor, index: index.name)
                }
            }
        }
    }
}

/// What kind of capacity was consumed, where answers tell them apart.
enum CapacityKind: Sendable {
    case read
    case write
}

extension ConsumedCapacity {
    /// What a request asks to know of consumed capacity; `nil` where it asks for nothing.
    ///
    /// - Parameters:
    ///   - asked: the request's `ReturnConsumedCapacity`.
    ///   - kind: set in transactions, whose answers name it.
    init?(_ capacity: Capacity, of table: Table, asked: String?, kind: CapacityKind? = nil) {
        guard asked == "TOTAL" || asked == "INDEXES" else { return nil }
        let total = capacity.total
        self.init(
            tableName: table.name, capacityUnits: total,
            readCapacityUnits: kind == .read ? total : nil,
            writeCapacityUnits: kind == .write ? total : nil)
        guard asked == "INDEXES" else { return }
        func units(_ value: Double) -> DynamoDBModel.Capacity {
            DynamoDBModel.Capacity(
                readCapacityUnits: kind == .read ? value : nil,
                writeCapacityUnits: kind == .write ? value : nil, capacityUnits: value)
        }
        self.table = units(capacity.table)
        func consumed(_ kind: TableIndex.Kind) -> [String: DynamoDBModel.Capacity]? {
            let names = table.indexes.filter { $0.kind == kind }.map(\.name)
            let found = capacity.indexes.filter { names.contains($0.key) }.mapValues(units)
            return found.isEmpty ? nil : found
        }
        localSecondaryIndexes = consumed(.local)
        globalSecondaryIndexes = consumed(.global)
    }
}
