import DynamoDBModel
import DynamoDBValues
import Wire

/// What must hold for the keys and indexes of a table, beside the model's constraints.
enum TableRules {
    /// Checks the definition that a request gives a new table.
    ///
    /// - Throws: `ValidationException`.
    static func check(_ input: CreateTableInput) throws {
        guard TableReference.isName(input.tableName) else {
            throw TableReference.invalidName(input.tableName)
        }
        let definitions = input.attributeDefinitions ?? []
        let schema = input.keySchema ?? []
        try checkThroughput(input)
        try checkDefinitions(definitions)
        try checkLength(schema)
        try checkSchema(schema)
        if let indexes = input.localSecondaryIndexes, indexes.isEmpty {
            throw Failure.invalidParameters("List of LocalSecondaryIndexes is empty")
        }
        if let indexes = input.globalSecondaryIndexes, indexes.isEmpty {
            throw Failure.invalidParameters("List of GlobalSecondaryIndexes is empty")
        }
        try requireDefinitions(of: schema, in: definitions, isTable: true)
        let locals = input.localSecondaryIndexes ?? []
        let globals = input.globalSecondaryIndexes ?? []
        try checkLocal(locals, schema, definitions)
        for index in globals {
            try checkGlobal(
                index.indexName, index.keySchema, index.projection, definitions)
        }
        try checkNumbers(locals: locals, globals: globals)
        let schemas = [schema] + locals.map(\.keySchema) + globals.map(\.keySchema)
        try requireUse(of: definitions, in: schemas)
        if let projected = projectedNames(locals, globals),
            projected > DynamoDBLimits.projectedAttributes
        {
            throw Failure.invalidParameters(
                "Number of attributes projected into all of a table's local and global secondary "
                    + "indexes exceeds limit of \(DynamoDBLimits.projectedAttributes)")
        }
    }

    private static func projectedNames(
        _ locals: [LocalSecondaryIndex], _ globals: [GlobalSecondaryIndex]
    ) -> Int? {
        (locals.map(\.projection) + globals.map(\.projection)).reduce(0) {
            $0 + ($1.nonKeyAttributes?.count ?? 0)
        }
    }

    // MARK: - Throughput

    private static func checkThroughput(_ input: CreateTableInput) throws {
        let isOnDemand = input.billingMode == "PAY_PER_REQUEST"
        if isOnDemand, input.provisionedThroughput != nil {
            throw Failure.invalidParameters(
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when "
                    + "BillingMode is PAY_PER_REQUEST")
        }
        if !isOnDemand, input.provisionedThroughput == nil {
            throw Failure.invalidParameters(
                "ReadCapacityUnits and WriteCapacityUnits must both be specified when "
                    + "BillingMode is PROVISIONED")
        }
        for index in input.globalSecondaryIndexes ?? [] {
            try checkThroughput(
                index.provisionedThroughput, ofIndex: index.indexName, isOnDemand: isOnDemand)
        }
        try checkWarmth(input.warmThroughput, of: "table", isOnDemand: isOnDemand)
        for index in input.globalSecondaryIndexes ?? [] {
            try checkWarmth(
                index.warmThroughput, of: "index \(index.indexName)", isOnDemand: isOnDemand)
        }
    }

    /// Checks the throughput of a global secondary index against the billing of its table.
    static func checkThroughput(
        _ throughput: ProvisionedThroughput?, ofIndex name: String, isOnDemand: Bool
    ) throws {
        if isOnDemand, throughput != nil {
            throw Failure.invalidParameters(
                "ProvisionedThroughput should not be specified for index: \(name) when "
                    + "BillingMode is PAY_PER_REQUEST")
        }
        if !isOnDemand, throughput == nil {
            throw Failure.invalidParameters(
                "ProvisionedThroughput must be specified for index: \(name)")
        }
    }

    /// Checks that a table is not asked to be colder than new tables are.
    static func checkWarmth(
        _ warmth: WarmThroughput?, of subject: String, isOnDemand: Bool
    ) throws {
        guard let warmth, isOnDemand else { return }
        let floor = Throughput.onDemandWarmth
        let units = [
            ("ReadUnitsPerSecond", warmth.readUnitsPerSecond, floor.readUnitsPerSecond),
            ("WriteUnitsPerSecond", warmth.writeUnitsPerSecond, floor.writeUnitsPerSecond),
        ]
        for (name, value, least) in units {
            if let value, let least, value < least {
                throw Failure.invalidParameters(
                    "Requested \(name) for WarmThroughput for \(subject) is lower than initial "
                        + "throughput for OnDemand")
            }
        }
    }

    // MARK: - Keys

    static func checkDefinitions(_ definitions: [AttributeDefinition]) throws {
        guard Set(definitions.map(\.attributeName)).count == definitions.count else {
            throw AWSError.validation("Cannot have two attributes with the same name")
        }
    }

    /// Checks that a table's key has two parts at most; the model lets more pass, for indexes.
    private static func checkLength(_ schema: [KeySchemaElement]) throws {
        guard schema.count > 2 else { return }
        let shown = schema.map {
            "KeySchemaElement(attributeName=\($0.attributeName), keyType=\($0.keyType))"
        }
        throw AWSError.validation(
            "1 validation error detected: Value '[\(shown.joined(separator: ", "))]' at 'keySchema' "
                + "failed to satisfy constraint: Member must have length less than or equal to 2")
    }

    /// Checks the order and the number of a key's parts.
    static func checkSchema(_ schema: [KeySchemaElement], hashParts: Int = 1, rangeParts: Int = 1)
        throws
    {
        guard schema.first?.keyType == "HASH" else {
            throw AWSError.validation(
                "Invalid KeySchema: The first KeySchemaElement is not a HASH key type")
        }
        let hashes = schema.prefix { $0.keyType == "HASH" }.count
        if schema.count == 2, hashParts == 1, schema[1].keyType != "RANGE" {
            throw AWSError.validation(
                "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type")
        }
        let ranges = schema.count - hashes
        guard hashes <= hashParts, ranges <= rangeParts,
            schema.dropFirst(hashes).allSatisfy({ $0.keyType == "RANGE" })
        else {
            throw Failure.invalidParameters(
                "Invalid KeySchema: a key has up to \(hashParts) HASH and then up to "
                    + "\(rangeParts) RANGE elements")
        }
        guard Set(schema.map(\.attributeName)).count == schema.count else {
            throw Failure.invalidParameters(
                "Both the Hash Key and the Range Key element in the KeySchema have the same name")
        }
    }

    /// Checks that the attributes of a key are defined.
    static func requireDefinitions(
        of schema: [KeySchemaElement], in definitions: [AttributeDefinition], isTable: Bool
    ) throws {
        let defined = definitions.map(\.attributeName)
        let keys = schema.map(\.attributeName)
        guard !keys.allSatisfy(defined.contains) else { return }
        if isTable, keys.count > defined.count {
            throw AWSError.validation(
                "Invalid KeySchema: Some index key attribute have no definition")
        }
        throw Failure.invalidParameters(
            "Some index key attributes are not defined in AttributeDefinitions. "
                + "Keys: \(list(keys)), AttributeDefinitions: \(list(defined))")
    }

    /// Checks that every attribute that is defined belongs to a key.
    static func requireUse(
        of definitions: [AttributeDefinition], in schemas: [[KeySchemaElement]]
    ) throws {
        let used = Set(schemas.joined().map(\.attributeName))
        let defined = definitions.map(\.attributeName)
        guard !defined.allSatisfy(used.contains) else { return }
        if schemas.count == 1 {
            throw Failure.invalidParameters(
                "Number of attributes in KeySchema does not exactly match number of attributes "
                    + "defined in AttributeDefinitions")
        }
        throw Failure.invalidParameters(
            "Some AttributeDefinitions are not used. AttributeDefinitions: \(list(defined)), "
                + "keys used: \(list(Array(used)))")
    }

    private static func list(_ names: [String]) -> String {
        "[\(names.sorted().joined(separator: ", "))]"
    }

    // MARK: - Indexes

    private static func checkLocal(
        _ indexes: [LocalSecondaryIndex], _ schema: [KeySchemaElement],
        _ definitions: [AttributeDefinition]
    ) throws {
        if !indexes.isEmpty, schema.count < 2 {
            throw Failure.invalidParameters(
                "Table KeySchema does not have a range key, which is required when specifying a "
                    + "LocalSecondaryIndex")
        }
        for index in indexes {
            try checkName(index.indexName)
            try checkSchema(index.keySchema)
            try requireDefinitions(of: index.keySchema, in: definitions, isTable: false)
            guard index.keySchema.count == 2 else {
                throw Failure.invalidParameters(
                    "Index KeySchema does not have a range key for index: \(index.indexName)")
            }
            let (hash, tableHash) = (index.keySchema[0].attributeName, schema[0].attributeName)
            guard hash == tableHash else {
                throw Failure.invalidParameters(
                    "Index KeySchema does not have the same leading hash key as table KeySchema "
                        + "for index: \(index.indexName). index hash key: \(hash), table hash "
                        + "key: \(tableHash)")
            }
            try checkProjection(index.projection)
        }
    }

    /// Checks a new global secondary index.
    static func checkGlobal(
        _ name: String, _ schema: [KeySchemaElement], _ projection: Projection,
        _ definitions: [AttributeDefinition]
    ) throws {
        try checkName(name)
        try checkSchema(
            schema, hashParts: DynamoDBLimits.indexKeyParts,
            rangeParts: DynamoDBLimits.indexKeyParts)
        try requireDefinitions(of: schema, in: definitions, isTable: false)
        try checkProjection(projection)
    }

    private static func checkName(_ name: String) throws {
        if !TableReference.isName(name) { throw TableReference.invalidName(name) }
    }

    private static func checkProjection(_ projection: Projection) throws {
        let names = projection.nonKeyAttributes ?? []
        switch projection.projectionType {
        case "ALL", "KEYS_ONLY":
            guard names.isEmpty, projection.nonKeyAttributes == nil else {
                throw Failure.invalidParameters(
                    "ProjectionType is \(projection.projectionType ?? ""), but NonKeyAttributes "
                        + "is specified")
            }
        case "INCLUDE":
            guard !names.isEmpty else {
                throw Failure.invalidParameters(
                    "ProjectionType is INCLUDE, but NonKeyAttributes is not specified")
            }
        default:
            throw Failure.invalidParameters(
                "Unknown ProjectionType: \(projection.projectionType ?? "null")")
        }
    }

    private static func checkNumbers(
        locals: [LocalSecondaryIndex], globals: [GlobalSecondaryIndex]
    ) throws {
        if locals.count > DynamoDBLimits.localIndexes {
            throw Failure.invalidParameters(
                "Number of LocalSecondaryIndexes exceeds per-table limit of "
                    + "\(DynamoDBLimits.localIndexes)")
        }
        if globals.count > DynamoDBLimits.globalIndexes {
            throw Failure.invalidParameters(
                "Number of GlobalSecondaryIndexes exceeds per-table limit of "
                    + "\(DynamoDBLimits.globalIndexes)")
        }
        var seen: Set<String> = []
        for name in locals.map(\.indexName) + globals.map(\.indexName)
        where !seen.insert(name).inserted {
            throw Failure.invalidParameters("Duplicate index name: \(name)")
        }
    }
}
