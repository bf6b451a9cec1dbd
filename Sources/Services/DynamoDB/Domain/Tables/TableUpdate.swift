import DynamoDBModel
import DynamoDBValues
import Jobs
import Platform
import Storage
import Wire

/// What an `UpdateTable` does to a table.
struct TableUpdate {
    private let input: UpdateTableInput
    private let table: Table
    private let now: Instant

    init(_ input: UpdateTableInput, of table: Table, at now: Instant) {
        (self.input, self.table, self.now) = (input, table, now)
    }

    // MARK: - The table itself

    func apply(to description: inout TableDescription) throws {
        try applyBilling(to: &description)
        if let specification = input.sseSpecification {
            description.sseDescription = TableDescription.encryption(
                specification, in: table.scope)
        }
        if let tableClass = input.tableClass {
            description.tableClassSummary = TableClassSummary(
                tableClass: tableClass, lastUpdateDateTime: now)
        }
        if let protection = input.deletionProtectionEnabled {
            description.deletionProtectionEnabled = protection
        }
        if let throughput = input.onDemandThroughput {
            description.onDemandThroughput = throughput
        }
        if let warmth = input.warmThroughput {
            let old = description.warmThroughput
            description.warmThroughput = TableWarmThroughputDescription(
                readUnitsPerSecond: warmth.readUnitsPerSecond ?? old?.readUnitsPerSecond,
                writeUnitsPerSecond: warmth.writeUnitsPerSecond ?? old?.writeUnitsPerSecond,
                status: "ACTIVE")
        }
    }

    private func applyBilling(to description: inout TableDescription) throws {
        let isOnDemand =
            (input.billingMode ?? description.billingModeSummary?.billingMode)
            == "PAY_PER_REQUEST"
        if isOnDemand, input.provisionedThroughput != nil {
            throw Failure.invalidParameters(
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when "
                    + "BillingMode is PAY_PER_REQUEST")
        }
        if let mode = input.billingMode, isOnDemand == table.isProvisioned {
            guard isOnDemand || input.provisionedThroughput != nil else {
                throw Failure.invalidParameters(
                    "ReadCapacityUnits and WriteCapacityUnits must both be specified when "
                        + "BillingMode is PROVISIONED")
            }
            description.billingModeSummary = BillingModeSummary(
                billingMode: mode,
                lastUpdateToPayPerRequestDateTime: isOnDemand
                    ? now : description.billingModeSummary?.lastUpdateToPayPerRequestDateTime)
            if isOnDemand {
                description.provisionedThroughput = Throughput.description(nil)
                description.globalSecondaryIndexes = description.globalSecondaryIndexes?.map {
                    index in
                    var index = index
                    index.provisionedThroughput = Throughput.description(nil)
                    return index
                }
            }
        }
        guard let throughput = input.provisionedThroughput else { return }
        let old = description.provisionedThroughput
        if old?.readCapacityUnits == throughput.readCapacityUnits,
            old?.writeCapacityUnits == throughput.writeCapacityUnits
        {
            throw unchanged(throughput, "the table")
        }
        description.provisionedThroughput = Throughput.changed(old, to: throughput, at: now)
    }

    private func unchanged(_ throughput: ProvisionedThroughput, _ subject: String) -> AWSError {
        let (reads, writes) = (throughput.readCapacityUnits, throughput.writeCapacityUnits)
        return AWSError.validation(
            "The provisioned throughput for \(subject) will not change. The requested value equals "
                + "the current value. Current ReadCapacityUnits provisioned for \(subject): "
                + "\(reads). Requested ReadCapacityUnits: \(reads). Current WriteCapacityUnits "
                + "provisioned for \(subject): \(writes). Requested WriteCapacityUnits: \(writes). "
                + "Refer to the Amazon DynamoDB Developer Guide for current limits and how to "
                + "request higher limits.")
    }

    // MARK: - Indexes

    func applyIndexes(
        to description: inout TableDescription, _ settings: inout TableSettings, jobs: JobQueue,
        in transaction: any WriteTransaction
    ) throws {
        let updates = input.globalSecondaryIndexUpdates ?? []
        guard updates.filter({ $0.create != nil || $0.delete != nil }).count <= 1 else {
            throw DynamoDBError.limitExceededException(
                "Subscriber limit exceeded: Only 1 online index can be created or deleted "
                    + "simultaneously per table")
        }
        for update in updates {
            if let action = update.create {
                try create(action, &description)
                let id = try transaction.nextID()
                settings.indexes[action.indexName] = id
                try IndexFill.enqueue(id, of: table.reference, on: jobs, in: transaction)
            }
            if let action = update.delete {
                let id = try delete(action, &description, &settings)
                try RowPurge.indexItems(of: id).enqueue(on: jobs, in: transaction)
            }
            if let action = update.update { try change(action, &description) }
        }
        try keepUsedDefinitions(&description)
    }

    private func create(
        _ action: CreateGlobalSecondaryIndexAction, _ description: inout TableDescription
    ) throws {
        let indexes = description.globalSecondaryIndexes ?? []
        guard !description.indexNames.contains(action.indexName) else {
            throw AWSError.validation("Attempting to create an index which already exists")
        }
        guard !indexes.contains(where: { $0.indexStatus == "CREATING" }) else {
            throw DynamoDBError.limitExceededException(
                "Subscriber limit exceeded: Only 1 online index can be created or deleted "
                    + "simultaneously per table")
        }
        guard indexes.count < DynamoDBLimits.globalIndexes else {
            throw DynamoDBError.limitExceededException(
                "Subscriber limit exceeded: Number of global secondary indexes exceeds the limit "
                    + "of \(DynamoDBLimits.globalIndexes)")
        }
        try adopt(input.attributeDefinitions ?? [], &description)
        try TableRules.checkGlobal(
            action.indexName, action.keySchema, action.projection,
            description.attributeDefinitions ?? [])
        let isOnDemand = description.billingModeSummary?.billingMode == "PAY_PER_REQUEST"
        try TableRules.checkThroughput(
            action.provisionedThroughput, ofIndex: action.indexName, isOnDemand: isOnDemand)
        try TableRules.checkWarmth(
            action.warmThroughput, of: "index \(action.indexName)", isOnDemand: isOnDemand)
        let made = GlobalSecondaryIndexDescription(
            action, indexArn: table.scope.indexARN(table.name, action.indexName))
        description.globalSecondaryIndexes = indexes + [made]
    }

    /// Takes the definitions of a request's attributes in, of which some are those that are there.
    private func adopt(
        _ definitions: [AttributeDefinition], _ description: inout TableDescription
    ) throws {
        try TableRules.checkDefinitions(definitions)
        var known = description.attributeDefinitions ?? []
        for definition in definitions {
            let old = known.first { $0.attributeName == definition.attributeName }
            guard let old else {
                known.append(definition)
                continue
            }
            guard old.attributeType == definition.attributeType else {
                throw Failure.invalidParameters(
                    "Attributes cannot be redefined. Please check that your attribute has the "
                        + "same type as previously defined.")
            }
        }
        description.attributeDefinitions = known
    }

    private func delete(
        _ action: DeleteGlobalSecondaryIndexAction, _ description: inout TableDescription,
        _ settings: inout TableSettings
    ) throws -> Int64 {
        let indexes = description.globalSecondaryIndexes ?? []
        guard indexes.contains(where: { $0.indexName == action.indexName }),
            let id = settings.indexes.removeValue(forKey: action.indexName)
        else { throw Failure.noTable }
        let rest = indexes.filter { $0.indexName != action.indexName }
        description.globalSecondaryIndexes = rest.isEmpty ? nil : rest
        return id
    }

    private func change(
        _ action: UpdateGlobalSecondaryIndexAction, _ description: inout TableDescription
    ) throws {
        var indexes = description.globalSecondaryIndexes ?? []
        guard let position = indexes.firstIndex(where: { $0.indexName == action.indexName }) else {
            throw Failure.noTable
        }
        var index = indexes[position]
        if let throughput = action.provisionedThroughput {
            index.provisionedThroughput = Throughput.changed(
                index.provisionedThroughput, to: throughput, at: now)
        }
        if let throughput = action.onDemandThroughput { index.onDemandThroughput = throughput }
        if let warmth = action.warmThroughput {
            index.warmThroughput = GlobalSecondaryIndexWarmThroughputDescription(
                readUnitsPerSecond: warmth.readUnitsPerSecond
                    ?? index.warmThroughput?.readUnitsPerSecond,
                writeUnitsPerSecond: warmth.writeUnitsPerSecond
                    ?? index.warmThroughput?.writeUnitsPerSecond, status: "ACTIVE")
        }
        indexes[position] = index
        description.globalSecondaryIndexes = indexes
    }

    /// Drops the definitions that no key uses any more.
    private func keepUsedDefinitions(_ description: inout TableDescription) throws {
        let schemas =
            [description.keySchema ?? []]
            + (description.localSecondaryIndexes ?? []).map { $0.keySchema ?? [] }
            + (description.globalSecondaryIndexes ?? []).map { $0.keySchema ?? [] }
        let used = Set(schemas.joined().map(\.attributeName))
        description.attributeDefinitions = description.attributeDefinitions?.filter {
            used.contains($0.attributeName)
        }
    }

    // MARK: - The stream

    func applyStream(
        to description: inout TableDescription, _ settings: inout TableSettings,
        in transaction: any WriteTransaction
    ) throws {
        guard let specification = input.streamSpecification else { return }
        if let viewType = try CreateTable.viewType(specification) {
            guard settings.stream == nil else {
                throw AWSError.validation(
                    "Table already has an enabled stream: TableName: \(table.name)")
            }
            settings.stream = try transaction.openStream(
                viewType, of: table.reference, at: now, &description)
        } else {
            guard let stream = settings.stream else {
                throw AWSError.validation(
                    "Table is already not streaming: TableName: \(table.name)")
            }
            try transaction.closeStream(stream.id, at: now)
            settings.stream = nil
            description.streamSpecification = nil
        }
    }
}
