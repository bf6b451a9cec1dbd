import Jobs
import Platform
import S3Model
import ServiceKit
import Storage
import Wire

/// Copies new versions to other buckets, with their identifiers and times. A replica shares the bytes of its source.
struct ReplicationWorker: Sendable {
    static let kind = "replicate"
    let store: S3Store

    /// A version that is to be replicated.
    struct Task: Sendable {
        var source: String
        var destination: String
        var key: [UInt8]
        var versionID: String
        var storageClass: String?

        var payload: [UInt8] {
            Document.array([
                .string(source), .string(destination), .string(ObjectKey.text(key)),
                .string(versionID), .string(storageClass ?? ""),
            ]).json()
        }
    }

    func handler() -> JobHandler {
        JobHandler(kind: Self.kind, concurrency: 8, retries: RetryPolicy(maximumAttempts: 50)) {
            leased in
            guard let task = Task(leased.job.payload) else {
                preconditionFailure("a replication that nobody enqueued")
            }
            try await store.database.write { [store] transaction in
                try store.replicate(task, transaction)
                try leased.complete(in: transaction)
            }
            return .done
        }
    }
}

extension ReplicationWorker.Task {
    fileprivate init?(_ payload: [UInt8]) {
        guard let document = try? Document(json: payload), let source = document[0]?.stringValue,
            let destination = document[1]?.stringValue, let key = document[2]?.stringValue,
            let versionID = document[3]?.stringValue, let storageClass = document[4]?.stringValue
        else { return nil }
        self.init(
            source: source, destination: destination, key: Array(key.utf8), versionID: versionID,
            storageClass: storageClass.isEmpty ? nil : storageClass)
    }
}

extension S3Store {
    /// Makes the replica, and notes in the source what became of it.
    fileprivate func replicate(
        _ task: ReplicationWorker.Task, _ transaction: any WriteTransaction
    ) throws {
        guard let bucket = try? transaction.bucket(task.source),
            var source = try transaction.version(task.versionID, of: task.key, in: bucket.id)
        else { return }
        guard let destination = try? transaction.bucket(task.destination),
            destination.versioning == .enabled
        else { return try note("FAILED", in: &source, bucket, transaction) }
        guard try transaction.version(task.versionID, of: task.key, in: destination.id) == nil
        else { return try note("COMPLETED", in: &source, bucket, transaction) }
        var replica = source
        replica.id = rowID()
        replica.details.replicationStatus = "REPLICA"
        replica.details.grants = nil
        if let storageClass = task.storageClass { replica.storageClass = storageClass }
        let data = try transaction.data(of: source, in: bucket.id)
        if !replica.isDeleteMarker { try shareBytes(of: source, with: &replica, transaction) }
        let actor = S3Actor(replicationOf: bucket)
        _ = try insert(
            replica, data: data, in: destination, Preconditions(),
            replica.isDeleteMarker ? .objectRemovedMarker : .objectCreatedPut, by: actor,
            isReplica: true, transaction)
        try note("COMPLETED", in: &source, bucket, transaction)
    }

    private func note(
        _ status: String, in object: inout ObjectRecord, _ bucket: BucketRecord,
        _ transaction: any WriteTransaction
    ) throws {
        guard !object.isDeleteMarker else { return }
        object.details.replicationStatus = status
        try transaction.execute(
            "UPDATE versions SET details = ? WHERE bucket_id = ? AND key = ? AND rank = ?",
            object.details.json, bucket.id, object.key, object.rank)
    }
}
