import Storage

extension S3Store {
    /// Owes the notifications of an event from the commit of `transaction` on.
    func notify(
        _ event: S3Event.Kind, _ object: ObjectRecord, in bucket: BucketRecord, by actor: S3Actor,
        _ transaction: any WriteTransaction
    ) throws {}

    /// Owes the replication of a new version from the commit of `transaction` on.
    func replicate(
        _ object: inout ObjectRecord, in bucket: BucketRecord, _ transaction: any WriteTransaction
    ) throws {}
}
