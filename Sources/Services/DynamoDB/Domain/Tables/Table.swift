import DynamoDBModel
import DynamoDBValues
import Platform
import Wire

/// A table as it was at one version of its definition. Every change of the definition makes another one.
final class Table: Sendable {
    /// Names its rows, and is never given to another table.
    let id: Int64
    /// Grows with each change of the definition.
    let version: Int64
    let scope: TableScope
    let name: String
    /// What `DescribeTable` answers, without its figures.
    let description: TableDescription
    let settings: TableSettings
    let key: KeySchema
    /// All indexes, those that cannot be read yet among them.
    let indexes: [TableIndex]
    /// Whether a write must know the item that it replaces, beside what the request asks.
    let needsOldItem: Bool

    init(
        id: Int64, version: Int64, reference: TableReference, description: TableDescription,
        settings: TableSettings
    ) {
        self.id = id
        self.version = version
        self.scope = reference.scope
        self.name = reference.name
        self.description = description
        self.settings = settings
        let definitions = description.attributeDefinitions ?? []
        let key = KeySchema(description.keySchema ?? [], definitions)
        self.key = key
        var indexes: [TableIndex] = []
        func number(_ name: String) -> Int64 {
            guard let id = settings.indexes[name] else {
                preconditionFailure("the index \(name) has no number")
            }
            return id
        }
        for index in description.localSecondaryIndexes ?? [] {
            let name = index.indexName ?? ""
            indexes.append(
                TableIndex(
                    id: number(name), kind: .local, name: name,
                    key: KeySchema(index.keySchema ?? [], definitions),
                    projection: index.projection, of: key, isReadable: true))
        }
        for index in description.globalSecondaryIndexes ?? [] {
            let name = index.indexName ?? ""
            indexes.append(
                TableIndex(
                    id: number(name), kind: .global, name: name,
                    key: KeySchema(index.keySchema ?? [], definitions),
                    projection: index.projection, of: key,
                    isReadable: index.backfilling != true))
        }
        if let expiry = settings.expiry {
            indexes.append(
                TableIndex(
                    id: expiry.indexID, kind: .expiry, name: "",
                    key: KeySchema(
                        hash: [], range: [.init(name: expiry.attribute, type: .number)]),
                    projection: nil, of: key, isReadable: true))
        }
        self.indexes = indexes
        self.needsOldItem =
            !indexes.isEmpty || settings.stream != nil || settings.recovery != nil
    }

    var reference: TableReference { TableReference(scope: scope, name: name) }
    var arn: String { scope.tableARN(name) }

    var isProvisioned: Bool {
        description.billingModeSummary?.billingMode != "PAY_PER_REQUEST"
    }

    /// The index that requests call `name`.
    ///
    /// - Throws: `ValidationException` where there is none, or where it cannot be read yet.
    func index(named name: String) throws -> TableIndex {
        guard let index = indexes.first(where: { $0.name == name && $0.kind != .expiry }) else {
            throw Failure.noIndex(name)
        }
        guard index.isReadable else {
            throw AWSError.validation(
                "Cannot read from backfilling global secondary index: \(name)")
        }
        return index
    }
}
