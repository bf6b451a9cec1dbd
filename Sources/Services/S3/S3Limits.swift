/// The quotas of S3.
///
/// Source, where no other is named: "Amazon S3 multipart upload limits", "General purpose bucket quotas" and "Creating object key
/// names" in the user guide.
enum S3Limits {
    /// Buckets of an account, as AWS sets the quota by default.
    static let bucketsPerAccount = 10_000
    /// UTF-8 bytes of a key.
    static let keyBytes = 1024
    /// Bytes of the user's metadata, names and values together (`MetadataTooLarge`).
    static let metadataBytes = 2048
    /// Bytes of an object that is put at once.
    static let putBytes: Int64 = 5 << 30
    /// Bytes of the source of a copy.
    static let copyBytes: Int64 = 5 << 30
    /// Bytes of an object.
    static let objectBytes: Int64 = 50 << 40
    /// Bytes of a part but for the last.
    static let partBytes: Int64 = 5 << 20
    static let parts = 10_000
    /// Keys, uploads, parts or versions of a page, and the number where none is asked for.
    static let pageItems = 1000
    /// Buckets of a page.
    static let pageBuckets = 10_000
    /// Keys of one `DeleteObjects`.
    static let deletedKeys = 1000
    static let objectTags = 10
    static let bucketTags = 50
    static let tagKeyCharacters = 128
    static let tagValueCharacters = 256
    static let grants = 100
    /// Bytes of a bucket's policy.
    static let policyBytes = 20 * 1024
    static let lifecycleRules = 1000
    static let corsRules = 100
    static let replicationRules = 1000
    static let websiteRoutingRules = 50
    /// Configurations of one kind (analytics, inventory, metrics, tiering) of a bucket.
    static let configurationsPerKind = 1000
    /// Such configurations of a page.
    static let configurationsPerPage = 100

    /// Bytes of a record that a query reads (`OverMaxRecordSize`).
    static let selectedRecordBytes = 1 << 20
    /// Bytes of a JSON document that is one record. Ours.
    static let selectedDocumentBytes = 16 << 20

    /// Bytes of an object that stands in its row. Ours: a row costs a share of one sync, a file two syncs of its own.
    static let inlineBytes = 64 << 10
    /// Rows that a listing takes at a time. Ours.
    static let readRows = 1000
    /// Older versions of one key that a listing reads past before it seeks the next key. Ours.
    static let skippedVersions = 16
    /// How old a blob that nobody knows must be to be swept away: uploads that take longer are not cut off. Ours.
    static let sweptBlobAge = Duration.seconds(7 * 24 * 3600)
    /// How often blobs that nobody knows are looked for. Ours.
    static let blobSweep = Duration.seconds(24 * 3600)
    /// How long the bytes of what is deleted stay, so that who reads them reads them to the end. Ours.
    static let deletedBytesStay = Duration.seconds(60)
}
