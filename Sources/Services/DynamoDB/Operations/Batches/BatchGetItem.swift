import DynamoDBModel
import DynamoDBValues
import ServiceKit
import Storage
import Wire

/// Reads items of several tables by their keys.
struct BatchGetItem: OperationHandler {
    static let operation = DynamoDBAPI.batchGetItem
    let tables: TableStore
    let meter: ThroughputMeter

    func access(for input: BatchGetItemInput, in context: RequestContext) throws -> [AccessRequest]
    {
        try input.requestItems.keys.sorted().flatMap {
            try tables.access("BatchGetItem", $0, in: context)
        }
    }

    func handle(_ input: BatchGetItemInput, in context: RequestContext) async throws
        -> BatchGetItemOutput
    {
        guard
            input.requestItems.values.reduce(0, { $0 + $1.keys.count })
                <= DynamoDBLimits.batchGetItems
        else {
            throw AWSError.validation("Too many items requested for the BatchGetItem call")
        }
        var references: [String: TableReference] = [:]
        var projections: [String: ProjectionExpression] = [:]
        for (name, request) in input.requestItems {
            references[name] = try TableReference(name, in: context)
            projections[name] = try Expressions.projection(
                request.projectionExpression, names: request.expressionAttributeNames,
                attributes: request.attributesToGet, layer: .current)
        }
        let names = input.requestItems.keys.sorted()
        return try await tables.retrying(Set(references.values)) {
            [references, projections] known in
            var reads: [(name: String, table: Table, keys: [StoredKey])] = []
            for name in names {
                guard let table = references[name].flatMap({ known[$0] }) else { continue }
                let keys = try (input.requestItems[name]?.keys ?? []).map {
                    try KeyRules.place($0, of: table)
                }
                guard Set(keys).count == keys.count else {
                    throw AWSError.validation("Provided list of item keys contains duplicates")
                }
                try meter.admit(.read, to: table)
                reads.append((name, table, keys))
            }
            return try await read(reads, input, projections)
        }
    }

    private func read(
        _ reads: [(name: String, table: Table, keys: [StoredKey])], _ input: BatchGetItemInput,
        _ projections: [String: ProjectionExpression]
    ) async throws -> BatchGetItemOutput {
        let found = try await tables.database.read { transaction in
            try reads.map { read in
                try read.keys.map { try transaction.item(at: $0, of: read.table) }
            }
        }
        var output = BatchGetItemOutput(responses: [:], unprocessedKeys: [:])
        var (consumed, bytes) = ([ConsumedCapacity](), 0)
        for (read, items) in zip(reads, found) {
            guard let request = input.requestItems[read.name] else { continue }
            var (answered, left, capacity) = ([Item](), [Item](), Capacity())
            for (key, item) in zip(request.keys, items) {
                if let item {
                    // What does not fit the answer is left to the client to ask for again.
                    if bytes > 0, bytes + item.size > DynamoDBLimits.batchGetBytes {
                        left.append(key)
                        continue
                    }
                    bytes += item.size
                    answered.append(projections[read.name]?.item(from: item) ?? Item(item))
                }
                capacity.add(
                    Capacity.reading(
                        item?.size ?? 0, factor: request.consistentRead == true ? 1 : 0.5))
            }
            meter.note(capacity.total, .read, of: read.table)
            output.responses?[read.name] = answered
            if !left.isEmpty {
                var rest = request
                rest.keys = left
                output.unprocessedKeys?[read.name] = rest
            }
            if let units = ConsumedCapacity(
                capacity, of: read.table, asked: input.returnConsumedCapacity)
            {
                consumed.append(units)
            }
        }
        output.consumedCapacity = consumed.isEmpty ? nil : consumed
        return output
    }
}
