import DynamoDBValues

/// The rows that a query or a scan goes through, in which order, and where it begins.
struct RowRange: Sendable {
    /// What is gone through.
    enum Extent: Sendable {
        /// The rows of one partition key whose sort keys are from `lower` up to but not including `upper`.
        case partition(hash: [UInt8], lower: [UInt8], upper: [UInt8], isForward: Bool)
        /// The rows of shards.
        case shards(ClosedRange<Int64>)
    }

    /// A row: where it lies, and, in an index, where its item does.
    struct Position: Sendable {
        let place: StoredKey
        /// The table's key of an index's row.
        let item: StoredKey?
    }

    /// What comes after every sort key.
    static let end: [UInt8] = [0xFF]

    let table: Table
    /// The index that is read; the table itself where there is none.
    let index: TableIndex?
    let extent: Extent
    /// Whether an index's items are taken from the table, with all their attributes.
    let readsItems: Bool
    /// The row after which to begin.
    var start: Position?

    init(
        table: Table, index: TableIndex?, extent: Extent, readsItems: Bool = false,
        start: Position? = nil
    ) {
        self.table = table
        self.index = index
        self.extent = extent
        self.readsItems = readsItems || index.map { !$0.hasCopies } ?? false
        self.start = start
    }

    /// The number under which the rows stand.
    var owner: Int64 { index?.id ?? table.id }

    /// The first bytes after everything that begins with `prefix`.
    static func successor(of prefix: [UInt8]) -> [UInt8] {
        prefix.isEmpty ? end : KeyEncoding.successor(ofPrefix: prefix)
    }
}
