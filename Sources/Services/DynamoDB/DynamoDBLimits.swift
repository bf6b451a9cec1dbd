import Platform

/// The quotas of DynamoDB.
///
/// Source, where no other is named: "Quotas in Amazon DynamoDB" in the developer guide.
enum DynamoDBLimits {
    /// Characters of a table's or an index's name.
    static let nameLength = 3...255
    /// Local secondary indexes of a table.
    static let localIndexes = 5
    /// Global secondary indexes of a table.
    static let globalIndexes = 20
    /// Attributes that all indexes of a table together project by name.
    static let projectedAttributes = 100
    /// Attributes of the hash part, and of the range part, of a global secondary index's key.
    static let indexKeyParts = 4
    /// Tables of an account's region.
    static let tables = 2_500
    /// Bytes of an item.
    static let itemBytes = 400 * 1024
    /// Bytes of a partition key.
    static let hashKeyBytes = 2_048
    /// Bytes of a sort key.
    static let rangeKeyBytes = 1_024
    /// Bytes of items that `Query` and `Scan` read for one page.
    static let pageBytes = 1_048_576
    /// Bytes of items that `BatchGetItem` answers.
    static let batchGetBytes = 16 * 1_048_576
    /// Keys of a `BatchGetItem`.
    static let batchGetItems = 100
    /// Requests of a `BatchWriteItem`.
    static let batchWriteItems = 25
    /// Statements of a `BatchExecuteStatement`.
    static let batchStatements = 25
    /// Actions of a transaction.
    static let transactionItems = 100
    /// Bytes of the items of a transaction.
    static let transactionBytes = 4 * 1_048_576
    /// How long a client's token of a transaction is remembered.
    static let tokenLifetime = Duration.seconds(600)
    /// How long stream records can be read.
    static let streamRetention = Duration.seconds(24 * 3600)
    /// Records that one `GetRecords` answers at most, and where no number is asked for.
    static let streamRecords = 1_000
    /// Bytes of the records that one `GetRecords` answers ("up to 1 MB").
    static let streamPageBytes = 1_048_576
    /// How long a shard iterator may be used.
    static let iteratorLifetime = Duration.seconds(900)
    /// Tags of a table.
    static let tags = 50
    /// Tags of a page of `ListTagsOfResource`. AWS documents pages and not their size; this is what it answers.
    static let tagsPage = 10
    /// Names of a page of `ListTables` and `ListStreams`, and the number where none is asked for.
    static let namesPage = 100
    /// Characters of a resource policy ("20 KB").
    static let policyBytes = 20 * 1024
    /// Bytes that one read capacity unit reads, strongly consistent.
    static let readUnitBytes = 4_096
    /// Bytes that one write capacity unit writes.
    static let writeUnitBytes = 1_024
    /// Seconds of unused capacity that a table may spend at once ("burst capacity").
    static let burstSeconds = 300
    /// An item that expired longer ago is not deleted ("Using TTL": five years).
    static let longestExpiry = Duration.seconds(5 * 365 * 24 * 3600)

    // What follows is ours.

    /// How often expired items and stream records are swept.
    static let sweepInterval = Duration.seconds(10)
    /// How often what point-in-time recovery keeps no longer is removed: that goes through all that it keeps.
    static let pastSweepInterval = Duration.seconds(3600)
    /// Rows that one transaction of a background job changes.
    static let rowsPerTransaction = 500
    /// Rows up to which the figures of a table are counted at once; of larger tables they are refreshed by a job.
    static let countedRows = 10_000
    /// How old the figures of a larger table may be ("approximately every six hours").
    static let figuresAge = Duration.seconds(6 * 3600)
    /// Rows of the first read of a page; from then on the size of the items is known.
    static let firstRows = 100
    /// Rows of any further read of a page.
    static let furtherRows = 2_000
    /// How often an operation begins again when its table changes under it.
    static let attempts = 10
}
