import DynamoDBValues
import Wire

/// What must hold for the keys of items, in requests and in what becomes of items.
enum KeyRules {
    /// Where the item lies that a request names by its key.
    ///
    /// - Throws: `ValidationException` where the key is not one of the table's.
    static func place(_ key: Item, of table: Table) throws -> StoredKey {
        let parts = table.key.parts
        let attributes = key.attributes
        guard attributes.count == parts.count else { throw Failure.keyMismatch }
        for part in parts {
            guard let value = attributes[part.name], value.type == part.type.attributeType else {
                throw Failure.keyMismatch
            }
        }
        return try place(attributes, of: table)
    }

    /// Where an item lies that a request puts.
    ///
    /// - Throws: `ValidationException` where it has not the attributes of the table's key.
    static func place(putting item: AttributeMap, into table: Table) throws -> StoredKey {
        for part in table.key.parts {
            guard let value = item[part.name] else {
                throw Failure.invalidParameters("Missing the key \(part.name) in the item")
            }
            guard value.type == part.type.attributeType else {
                throw Failure.invalidParameters(
                    "Type mismatch for key \(part.name) expected: \(part.type.rawValue) actual: "
                        + value.type.rawValue)
            }
        }
        return try place(item, of: table)
    }

    private static func place(_ key: AttributeMap, of table: Table) throws -> StoredKey {
        for part in table.key.parts {
            if let kind = key[part.name].flatMap(emptiness) {
                throw AWSError.validation(
                    "One or more parameter values are not valid. The AttributeValue for a key "
                        + "attribute cannot contain an empty \(kind) value. Key: \(part.name)")
            }
        }
        try checkSizes(table.key, key)
        guard let place = table.key.place(key, of: table.id) else {
            preconditionFailure("the key's attributes have been checked")
        }
        return place
    }

    /// What an empty value is, where it is one.
    private static func emptiness(_ value: AttributeValue) -> String? {
        switch value {
        case .string(let text) where text.isEmpty: "string"
        case .binary(let bytes) where bytes.isEmpty: "binary"
        default: nil
        }
    }

    private static func checkSizes(_ schema: KeySchema, _ key: AttributeMap) throws {
        func size(_ parts: [KeySchema.Part]) -> Int {
            parts.reduce(0) { $0 + (key[$1.name]?.size ?? 0) }
        }
        guard size(schema.hash) <= DynamoDBLimits.hashKeyBytes else {
            throw Failure.invalidParameters(
                "Size of hashkey has exceeded the maximum size limit of"
                    + "\(DynamoDBLimits.hashKeyBytes) bytes")
        }
        guard size(schema.range) <= DynamoDBLimits.rangeKeyBytes else {
            throw Failure.invalidParameters(
                "Aggregated size of all range keys has exceeded the size limit of "
                    + "\(DynamoDBLimits.rangeKeyBytes) bytes")
        }
    }

    // MARK: - Indexes

    /// Checks the attributes of an item that are keys of indexes.
    ///
    /// - Throws: `ValidationException`.
    static func checkIndexes(putting item: AttributeMap, into table: Table) throws {
        for index in table.indexes where index.kind != .expiry {
            for part in index.key.parts {
                guard let value = item[part.name] else { continue }
                guard value.type == part.type.attributeType else {
                    throw Failure.invalidParameters(
                        "Type mismatch for Index Key \(part.name) Expected: "
                            + "\(part.type.rawValue) Actual: \(value.type.rawValue) IndexName: "
                            + index.name)
                }
                if let kind = emptiness(value) {
                    throw AWSError.validation(
                        "One or more parameter values are not valid. A value specified for a "
                            + "secondary index key is not supported. The AttributeValue for a key "
                            + "attribute cannot contain an empty \(kind) value. IndexName: "
                            + "\(index.name), IndexKey: \(part.name)")
                }
            }
            try checkSizes(index.key, item)
        }
    }

    /// Checks the attributes that an update makes and that are keys of indexes.
    ///
    /// - Throws: `ValidationException`.
    static func checkIndexes(updating item: AttributeMap, in table: Table) throws {
        for index in table.indexes where index.kind != .expiry {
            for part in index.key.parts {
                guard let value = item[part.name] else { continue }
                guard value.type == part.type.attributeType else {
                    throw Failure.invalidParameters(
                        "The update expression attempted to update the secondary index key to "
                            + "unsupported type")
                }
                if let kind = emptiness(value) {
                    throw AWSError.validation(
                        "One or more parameter values are not valid. The update expression "
                            + "attempted to update a secondary index key to a value that is not "
                            + "supported. The AttributeValue for a key attribute cannot contain an "
                            + "empty \(kind) value.")
                }
            }
            try checkSizes(index.key, item)
        }
    }

    /// The partition key's value as the condition key `dynamodb:LeadingKeys` has it.
    static func leadingKey(_ key: Item, of table: Table) -> String? {
        guard let name = table.key.hash.first?.name, let value = key[name] else { return nil }
        switch value {
        case .string(let text): return text
        case .number(let number): return number.text
        case .binary(let bytes): return Base64.encode(bytes)
        default: return nil
        }
    }
}
