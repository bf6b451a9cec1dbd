import DynamoDBModel
import Platform

extension TableDescription {
    /// The description of a new table.
    init(
        _ input: CreateTableInput, in scope: TableScope, id: String, at now: Instant
    ) {
        let isOnDemand = input.billingMode == "PAY_PER_REQUEST"
        let warmth = Throughput.warmth(input.warmThroughput, input.provisionedThroughput)
        let name = input.tableName
        self.init(
            attributeDefinitions: input.attributeDefinitions, tableName: name,
            keySchema: input.keySchema, tableStatus: "ACTIVE", creationDateTime: now,
            provisionedThroughput: Throughput.description(input.provisionedThroughput),
            tableArn: scope.tableARN(name), tableId: id,
            billingModeSummary: isOnDemand
                ? BillingModeSummary(
                    billingMode: "PAY_PER_REQUEST", lastUpdateToPayPerRequestDateTime: now) : nil,
            localSecondaryIndexes: input.localSecondaryIndexes?.map { index in
                LocalSecondaryIndexDescription(
                    indexName: index.indexName, keySchema: index.keySchema,
                    projection: index.projection,
                    indexArn: scope.indexARN(name, index.indexName))
            },
            globalSecondaryIndexes: input.globalSecondaryIndexes?.map { index in
                GlobalSecondaryIndexDescription(
                    index, indexArn: scope.indexARN(name, index.indexName))
            },
            sseDescription: Self.encryption(input.sseSpecification, in: scope),
            tableClassSummary: input.tableClass.map { TableClassSummary(tableClass: $0) },
            deletionProtectionEnabled: input.deletionProtectionEnabled ?? false,
            onDemandThroughput: input.onDemandThroughput,
            warmThroughput: TableWarmThroughputDescription(
                readUnitsPerSecond: warmth.read, writeUnitsPerSecond: warmth.write,
                status: "ACTIVE"))
    }

    /// How a table's items are said to be encrypted; `nil` for DynamoDB's own key, which is not shown.
    static func encryption(_ asked: SSESpecification?, in scope: TableScope) -> SSEDescription? {
        guard asked?.enabled == true else { return nil }
        let key = asked?.kmsMasterKeyId ?? "alias/aws/dynamodb"
        let arn =
            key.hasPrefix("arn:")
            ? key
            : "arn:\(scope.partition):kms:\(scope.region):\(scope.account):"
                + (key.hasPrefix("alias/") ? key : "key/\(key)")
        return SSEDescription(status: "ENABLED", sseType: "KMS", kmsMasterKeyArn: arn)
    }
}

extension GlobalSecondaryIndexDescription {
    /// The description of an index that is made with its table.
    init(_ index: GlobalSecondaryIndex, indexArn: String) {
        let warmth = Throughput.warmth(index.warmThroughput, index.provisionedThroughput)
        self.init(
            indexName: index.indexName, keySchema: index.keySchema, projection: index.projection,
            indexStatus: "ACTIVE",
            provisionedThroughput: Throughput.description(index.provisionedThroughput),
            indexArn: indexArn, onDemandThroughput: index.onDemandThroughput,
            warmThroughput: GlobalSecondaryIndexWarmThroughputDescription(
                readUnitsPerSecond: warmth.read, writeUnitsPerSecond: warmth.write,
                status: "ACTIVE"))
    }

    /// The description of an index that is made on a table that is there.
    init(_ action: CreateGlobalSecondaryIndexAction, indexArn: String) {
        self.init(
            GlobalSecondaryIndex(
                indexName: action.indexName, keySchema: action.keySchema,
                projection: action.projection,
                provisionedThroughput: action.provisionedThroughput,
                onDemandThroughput: action.onDemandThroughput,
                warmThroughput: action.warmThroughput),
            indexArn: indexArn)
        indexStatus = "CREATING"
        backfilling = true
    }
}
