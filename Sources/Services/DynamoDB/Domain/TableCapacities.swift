import DynamoDBModel

/// What a request on several tables consumes of each.
struct TableCapacities {
    let kind: CapacityKind?
    private var entries: [(table: Table, capacity: Capacity)] = []

    init(kind: CapacityKind? = nil) { self.kind = kind }

    mutating func add(_ capacity: Capacity, of table: Table) {
        if let position = entries.firstIndex(where: { $0.table.id == table.id }) {
            entries[position].capacity.add(capacity)
        } else {
            entries.append((table, capacity))
        }
    }

    /// What is answered; `nil` where nothing is asked for.
    func answer(_ asked: String?) -> [ConsumedCapacity]? {
        let consumed = entries.compactMap {
            ConsumedCapacity($0.capacity, of: $0.table, asked: asked, kind: kind)
        }
        return consumed.isEmpty ? nil : consumed
    }
}
