import Jobs
import Platform
import S3Model
import ServiceKit
import Storage
import Wire

/// Applies the lifecycle rules of a bucket at each midnight: a job a bucket that recurs as long as the bucket has rules.
struct LifecycleWorker: Sendable {
    static let kind = "lifecycle"
    let store: S3Store

    /// Owes the next application of a bucket's rules from the commit of `transaction` on.
    static func schedule(
        _ bucket: BucketRecord, on jobs: JobQueue, now: Instant,
        in transaction: any WriteTransaction
    ) throws {
        try jobs.enqueue(
            kind, payload: Array(bucket.name.utf8), notBefore: LifecycleRules.nextRun(after: now),
            key: String(bucket.id), replacing: true, in: transaction)
    }

    func handler() -> JobHandler {
        JobHandler(kind: Self.kind, concurrency: 2, retries: RetryPolicy(maximumAttempts: 1000)) {
            leased in
            let name = String(decoding: leased.job.payload, as: UTF8.self)
            let (bucket, rules) = try await rules(of: name)
            guard let bucket, !rules.isEmpty else { return .done }
            let now = store.clock.now
            try await apply(rules, to: bucket, now: now)
            try await abortUploads(of: bucket, rules, now: now)
            try await store.database.write {
                try leased.reschedule(at: LifecycleRules.nextRun(after: now), in: $0)
            }
            return .done
        }
    }

    private func rules(of name: String) async throws -> (BucketRecord?, [LifecycleRule]) {
        try await store.database.read { transaction in
            guard let bucket = try? transaction.bucket(name),
                let bytes = try transaction.setting(.lifecycle, of: bucket.id)
            else { return (nil, []) }
            let found: PutBucketLifecycleConfigurationRequest = try S3Store.value(of: bytes)
            let rules = found.lifecycleConfiguration?.rules ?? []
            return (bucket, rules.filter { $0.status == "Enabled" })
        }
    }

    /// Walks through every version, a page at a time.
    private func apply(_ rules: [LifecycleRule], to bucket: BucketRecord, now: Instant) async throws
    {
        var query = ListingQuery(withVersions: true, withDetails: true, limit: S3Limits.pageItems)
        // What came before the present version under its key: when it was put, and how many there were.
        var (key, newer, newerTime): ([UInt8]?, Int, Instant?) = (nil, 0, nil)
        while true {
            let page = try await store.list(query, in: bucket)
            var due: [LifecycleAction] = []
            for (index, entry) in page.entries.enumerated() {
                let object = entry.object
                if object.key != key { (key, newer, newerTime) = (object.key, 0, nil) }
                let isOnly =
                    entry.isLatest
                    && (index + 1 < page.entries.count
                        ? page.entries[index + 1].object.key != object.key : page.next == nil)
                if let action = LifecycleAction(
                    object, noncurrentSince: newerTime, newerVersions: max(0, newer - 1),
                    isOnly: isOnly, rules: rules, now: now)
                {
                    due.append(action)
                }
                newer += 1
                newerTime = object.modified
            }
            if !due.isEmpty { try await perform(due, in: bucket) }
            guard let next = page.next else { return }
            (query.after, query.afterVersion) = (next.key, next.versionID)
        }
    }

    private func perform(_ actions: [LifecycleAction], in bucket: BucketRecord) async throws {
        let actor = S3Actor(lifecycleOf: bucket)
        try await store.database.write { [store] transaction in
            let bucket = try transaction.bucket(bucket.name)
            for action in actions {
                try store.perform(action, in: bucket, by: actor, transaction)
            }
        }
    }

    private func abortUploads(
        of bucket: BucketRecord, _ rules: [LifecycleRule], now: Instant
    ) async throws {
        for rule in rules {
            guard let days = rule.abortIncompleteMultipartUpload?.daysAfterInitiation else {
                continue
            }
            let prefix = LifecycleFilter(rule).prefix
            try await store.database.write { [store] transaction in
                let uploads = try transaction.query(
                    "SELECT \(UploadRecord.columns) FROM uploads WHERE bucket_id = ?", bucket.id
                ).map(UploadRecord.init)
                for upload in uploads
                where upload.key.starts(with: prefix)
                    && LifecycleRules.midnight(after: days, from: upload.initiated) <= now
                {
                    try store.discardUpload(upload.id, in: transaction)
                }
            }
        }
    }
}

/// What a lifecycle rule does to a version.
enum LifecycleAction: Sendable {
    /// The newest version expires: it goes, or a marker hides it.
    case expire(ObjectRecord)
    /// The version goes for ever.
    case remove(ObjectRecord)
    case move(ObjectRecord, storageClass: String)

    /// What is due by now; nil where nothing is.
    init?(
        _ object: ObjectRecord, noncurrentSince: Instant?, newerVersions: Int, isOnly: Bool,
        rules: [LifecycleRule], now: Instant
    ) {
        for rule in rules where LifecycleFilter(rule).matches(object) {
            if let noncurrentSince {
                guard let expiration = rule.noncurrentVersionExpiration,
                    newerVersions >= expiration.newerNoncurrentVersions ?? 0,
                    LifecycleRules.midnight(
                        after: expiration.noncurrentDays ?? 0, from: noncurrentSince) <= now
                else { continue }
                self = .remove(object)
                return
            }
            guard let expiration = rule.expiration else { continue }
            let time =
                expiration.date
                ?? expiration.days.map { LifecycleRules.midnight(after: $0, from: object.modified) }
            if object.isDeleteMarker {
                guard isOnly,
                    expiration.expiredObjectDeleteMarker == true || time.map({ $0 <= now }) == true
                else { continue }
                self = .remove(object)
                return
            }
            guard let time, time <= now else { continue }
            self = .expire(object)
            return
        }
        guard !object.isDeleteMarker,
            let storageClass = LifecycleRules.storageClass(
                of: object, noncurrentSince: noncurrentSince, newerVersions: newerVersions,
                by: rules, now: now)
        else { return nil }
        self = .move(object, storageClass: storageClass)
    }
}

extension S3Store {
    /// Does what a lifecycle rule says, where the version is still what it was.
    fileprivate func perform(
        _ action: LifecycleAction, in bucket: BucketRecord, by actor: S3Actor,
        _ transaction: any WriteTransaction
    ) throws {
        switch action {
        case .expire(let object):
            guard try transaction.newest(object.key, in: bucket.id)?.id == object.id else { return }
            try expire(object, in: bucket, by: actor, transaction)
        case .remove(let object):
            guard
                try transaction.version(object.versionID, of: object.key, in: bucket.id)?.id
                    == object.id,
                (try? ObjectLock.checkRemoval(
                    of: object, bypassesGovernance: false, now: clock.now)) != nil
            else { return }
            try remove(object, in: bucket, transaction)
            try notify(.lifecycleDelete, object, in: bucket, by: actor, transaction)
        case .move(let object, let storageClass):
            try transaction.execute(
                "UPDATE versions SET storage_class = ? WHERE bucket_id = ? AND key = ? AND rank = ? AND id = ?",
                storageClass, bucket.id, object.key, object.rank, object.id)
            var moved = object
            moved.storageClass = storageClass
            try notify(.lifecycleTransition, moved, in: bucket, by: actor, transaction)
        }
    }
}
