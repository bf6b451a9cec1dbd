import DynamoDBModel
import Platform
import Wire

/// What a restored table is like: its source, with what the request says otherwise.
struct RestoredTable: Sendable {
    var billingMode: String?
    var throughput: ProvisionedThroughput?
    var onDemandThroughput: OnDemandThroughput?
    var globals: [GlobalSecondaryIndex]?
    var locals: [LocalSecondaryIndex]?
    var encryption: SSESpecification?

    /// The description of the new table.
    ///
    /// Streams, time to live, tags, policies and point-in-time recovery are not restored, as in AWS.
    func description(
        of source: TableDescription, as reference: TableReference, id: String,
        backup: String?, at time: Instant, now: Instant
    ) -> TableDescription {
        let mode = billingMode ?? source.billingModeSummary?.billingMode ?? "PROVISIONED"
        let isOnDemand = mode == "PAY_PER_REQUEST"
        func provisioned(_ description: ProvisionedThroughputDescription?)
            -> ProvisionedThroughput?
        {
            isOnDemand
                ? nil
                : ProvisionedThroughput(
                    readCapacityUnits: description?.readCapacityUnits ?? 1,
                    writeCapacityUnits: description?.writeCapacityUnits ?? 1)
        }
        let globals =
            globals
            ?? source.globalSecondaryIndexes?.map {
                GlobalSecondaryIndex(
                    indexName: $0.indexName ?? "", keySchema: $0.keySchema ?? [],
                    projection: $0.projection ?? Projection(),
                    provisionedThroughput: provisioned($0.provisionedThroughput),
                    onDemandThroughput: $0.onDemandThroughput)
            }
        let locals =
            locals
            ?? source.localSecondaryIndexes?.map {
                LocalSecondaryIndex(
                    indexName: $0.indexName ?? "", keySchema: $0.keySchema ?? [],
                    projection: $0.projection ?? Projection())
            }
        let schemas =
            [source.keySchema ?? []] + (globals ?? []).map(\.keySchema)
            + (locals ?? []).map(\.keySchema)
        let used = Set(schemas.joined().map(\.attributeName))
        var description = TableDescription(
            CreateTableInput(
                attributeDefinitions: source.attributeDefinitions?.filter {
                    used.contains($0.attributeName)
                }, tableName: reference.name, keySchema: source.keySchema,
                localSecondaryIndexes: locals?.isEmpty == true ? nil : locals,
                globalSecondaryIndexes: globals?.isEmpty == true ? nil : globals,
                billingMode: mode,
                provisionedThroughput: isOnDemand
                    ? nil : throughput ?? provisioned(source.provisionedThroughput),
                sseSpecification: encryption,
                tableClass: source.tableClassSummary?.tableClass,
                onDemandThroughput: onDemandThroughput ?? source.onDemandThroughput),
            in: reference.scope, id: id, at: now)
        description.restoreSummary = RestoreSummary(
            sourceBackupArn: backup, sourceTableArn: source.tableArn, restoreDateTime: time,
            restoreInProgress: false)
        return description
    }
}
