import DynamoDBModel
import Platform

extension BackupDescription {
    /// The description of a backup that is made now.
    init(of table: Table, named name: String, arn: String, figures: Figures, at now: Instant) {
        let source = table.description
        let throughput = source.provisionedThroughput
        self.init(
            backupDetails: BackupDetails(
                backupArn: arn, backupName: name, backupSizeBytes: figures.bytes,
                backupStatus: "AVAILABLE", backupType: "USER", backupCreationDateTime: now),
            sourceTableDetails: SourceTableDetails(
                tableName: table.name, tableId: source.tableId ?? "", tableArn: table.arn,
                tableSizeBytes: figures.bytes, keySchema: source.keySchema ?? [],
                tableCreationDateTime: source.creationDateTime ?? now,
                provisionedThroughput: ProvisionedThroughput(
                    readCapacityUnits: throughput?.readCapacityUnits ?? 0,
                    writeCapacityUnits: throughput?.writeCapacityUnits ?? 0),
                onDemandThroughput: source.onDemandThroughput, itemCount: figures.items,
                billingMode: table.isProvisioned ? "PROVISIONED" : "PAY_PER_REQUEST"),
            sourceTableFeatureDetails: SourceTableFeatureDetails(
                localSecondaryIndexes: source.localSecondaryIndexes?.map {
                    LocalSecondaryIndexInfo(
                        indexName: $0.indexName, keySchema: $0.keySchema, projection: $0.projection)
                },
                globalSecondaryIndexes: source.globalSecondaryIndexes?.map {
                    GlobalSecondaryIndexInfo(
                        indexName: $0.indexName, keySchema: $0.keySchema,
                        projection: $0.projection,
                        provisionedThroughput: $0.provisionedThroughput.map {
                            ProvisionedThroughput(
                                readCapacityUnits: $0.readCapacityUnits ?? 0,
                                writeCapacityUnits: $0.writeCapacityUnits ?? 0)
                        }, onDemandThroughput: $0.onDemandThroughput)
                }, streamDescription: source.streamSpecification,
                timeToLiveDescription: table.settings.expiry == nil ? nil : table.timeToLive,
                sseDescription: source.sseDescription))
    }
}
