import DynamoDBModel
import DynamoDBValues
import Platform
import ServiceKit
import Storage
import Wire

/// Puts and deletes items of several tables. What is written becomes durable with one commit.
struct BatchWriteItem: OperationHandler {
    static let operation = DynamoDBAPI.batchWriteItem
    let tables: TableStore
    let meter: ThroughputMeter

    /// 25 items of 400 KB, in Base64.
    static var requestLimitBytes: Int { 16 * 1_048_576 }

    func access(for input: BatchWriteItemInput, in context: RequestContext) throws
        -> [AccessRequest]
    {
        try input.requestItems.keys.sorted().flatMap {
            try tables.access("BatchWriteItem", $0, in: context)
        }
    }

    func handle(_ input: BatchWriteItemInput, in context: RequestContext) async throws
        -> BatchWriteItemOutput
    {
        guard
            input.requestItems.values.reduce(0, { $0 + $1.count })
                <= DynamoDBLimits.batchWriteItems
        else {
            throw AWSError.validation("Too many items requested for the BatchWriteItem call")
        }
        var references: [String: TableReference] = [:]
        for name in input.requestItems.keys {
            references[name] = try TableReference(name, in: context)
        }
        let names = input.requestItems.keys.sorted()
        return try await tables.retrying(Set(references.values)) { [references] known in
            var writes: [ItemWrite] = []
            for name in names {
                guard let table = references[name].flatMap({ known[$0] }) else { continue }
                let requests = try (input.requestItems[name] ?? []).map {
                    try Self.write($0, in: table, returnsOld: input.returnConsumedCapacity != nil)
                }
                guard Set(requests.map(\.key)).count == requests.count else {
                    throw AWSError.validation("Provided list of item keys contains duplicates")
                }
                try meter.admit(.write, to: table)
                writes += requests
            }
            return try await make(writes, input, references)
        }
    }

    private static func write(_ request: WriteRequest, in table: Table, returnsOld: Bool) throws
        -> ItemWrite
    {
        switch (request.putRequest, request.deleteRequest) {
        case (let put?, nil):
            let attributes = put.item.attributes
            let key = try KeyRules.place(putting: attributes, into: table)
            try KeyRules.checkIndexes(putting: attributes, into: table)
            let item = EncodedItem(attributes)
            guard item.size <= DynamoDBLimits.itemBytes else {
                throw AWSError.validation("Item size has exceeded the maximum allowed size")
            }
            return ItemWrite(
                table: table, key: key, keyAttributes: AttributeMap(), action: .put(item),
                returnsOld: returnsOld)
        case (nil, let delete?):
            return ItemWrite(
                table: table, key: try KeyRules.place(delete.key, of: table),
                keyAttributes: AttributeMap(), action: .delete)
        case (nil, nil), (_?, _?):
            throw AWSError.validation(
                "Supplied AttributeValue has more than one datatypes set, must contain exactly one "
                    + "of the supported datatypes")
        }
    }

    private func make(
        _ writes: [ItemWrite], _ input: BatchWriteItemInput, _ references: [String: TableReference]
    ) async throws -> BatchWriteItemOutput {
        let now = tables.clock.now
        let changes = try await tables.database.write { transaction in
            try writes.map { write -> ItemChange? in
                if write.isBlind, case .put(let item) = write.action {
                    try transaction.overwrite(item, at: write.key, of: write.table)
                    return nil
                }
                let change = try write.prepare(at: now, in: transaction)
                try transaction.apply(change)
                return change
            }
        }
        var capacities: [TableReference: (table: Table, capacity: Capacity)] = [:]
        for (write, change) in zip(writes, changes) {
            var capacity = Capacity()
            if let change {
                capacity.add(change, factor: 1)
            } else if case .put(let item) = write.action {
                capacity.add(Capacity.writing(item.size))
            }
            meter.note(capacity.total, .write, of: write.table)
            capacities[write.table.reference, default: (write.table, Capacity())].capacity.add(
                capacity)
        }
        let consumed = capacities.values.sorted { $0.table.name < $1.table.name }.compactMap {
            ConsumedCapacity($0.capacity, of: $0.table, asked: input.returnConsumedCapacity)
        }
        var metrics: [String: [ItemCollectionMetrics]] = [:]
        for (name, reference) in references {
            for write in writes where write.table.reference == reference {
                let key = Item(try attributes(of: write))
                if let metric = try await tables.collectionMetrics(
                    input.returnItemCollectionMetrics, of: write.key, key, in: write.table)
                {
                    metrics[name, default: []].append(metric)
                }
            }
        }
        return BatchWriteItemOutput(
            unprocessedItems: [:], itemCollectionMetrics: metrics.isEmpty ? nil : metrics,
            consumedCapacity: consumed.isEmpty ? nil : consumed)
    }

    /// The attributes of a write's key, from the bytes that it is stored under.
    private func attributes(of write: ItemWrite) throws -> AttributeMap {
        var attributes = AttributeMap()
        var bytes = write.key.hash[...]
        for part in write.table.key.hash { attributes[part.name] = KeyEncoding.decode(&bytes) }
        return attributes
    }
}
