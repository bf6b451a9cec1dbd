import DynamoDBValues
import Wire

/// The `ExclusiveStartKey` of a query or a scan.
enum StartKey {
    /// The row that a start key names.
    ///
    /// - Parameter index: the index that is read.
    /// - Throws: `ValidationException` where it is no key of the table and the index.
    static func position(_ key: Item, of table: Table, _ index: TableIndex?) throws
        -> RowRange.Position
    {
        let attributes = key.attributes
        let parts = table.key.parts + (index?.key.parts ?? [])
        let names = Set(parts.map(\.name))
        guard attributes.count == names.count else {
            throw AWSError.validation("The provided starting key is invalid")
        }
        for part in parts {
            guard let value = attributes[part.name] else {
                throw AWSError.validation("The provided starting key is invalid")
            }
            guard value.type == part.type.attributeType else {
                throw AWSError.validation(
                    "The provided starting key is invalid: The provided key element does not "
                        + "match the schema")
            }
        }
        guard let item = table.key.place(attributes, of: table.id) else {
            preconditionFailure("the key's attributes have been checked")
        }
        guard let index else { return RowRange.Position(place: item, item: nil) }
        guard let place = index.key.place(attributes, of: index.id) else {
            preconditionFailure("the key's attributes have been checked")
        }
        return RowRange.Position(place: place, item: item)
    }

    /// The row that the start key of a query names.
    ///
    /// - Throws: `ValidationException` where it is no key, or not one that the query reads.
    static func position(
        _ key: Item, of table: Table, _ index: TableIndex?, within extent: RowRange.Extent
    ) throws -> RowRange.Position {
        let position = try position(key, of: table, index)
        if case .partition(let hash, let lower, let upper, _) = extent {
            guard position.place.hash == hash,
                !position.place.range.lexicographicallyPrecedes(lower),
                position.place.range.lexicographicallyPrecedes(upper)
            else {
                throw AWSError.validation(
                    "The provided starting key is outside query boundaries based on provided "
                        + "conditions")
            }
        }
        return position
    }

    /// The key of the item after which the next page begins.
    static func key(of item: EncodedItem, in table: Table, _ index: TableIndex?) -> Item {
        var key = table.key.attributes(of: Item(item))
        for part in index?.key.parts ?? [] { key[part.name] = item[part.name] }
        return Item(key)
    }
}
