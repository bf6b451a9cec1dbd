import Jobs
import Platform
import S3Model
import ServiceKit
import Storage
import Wire

extension S3Store {
    /// Checks what of a bucket is to be replicated where.
    ///
    /// - Throws: `InvalidRequest`, `InvalidArgument`, `MalformedXML`.
    func check(_ configuration: ReplicationConfiguration, of bucket: BucketRecord) async throws {
        guard bucket.versioning == .enabled else {
            var failure = S3Failure.invalidRequest(
                "Versioning must be 'Enabled' on the bucket to apply a replication configuration")
            failure.fields["BucketName"] = .string(bucket.name)
            throw failure
        }
        guard ARN(configuration.role)?.service == "iam" else {
            throw S3Failure.argument(
                "Invalid Role specified in replication configuration", "Role", configuration.role)
        }
        guard (1...S3Limits.replicationRules).contains(configuration.rules.count) else {
            throw S3Failure.malformedXML
        }
        for rule in configuration.rules {
            guard let name = rule.bucketName else {
                throw S3Failure.argument(
                    "Invalid bucket ARN.", "Bucket", rule.destination.bucket)
            }
            guard name != bucket.name else {
                throw S3Failure.invalidRequest(
                    "Destination bucket cannot be the same as the source bucket.")
            }
            guard let destination = try? await self.bucket(name) else {
                throw S3Failure.invalidRequest("Destination bucket must exist.")
            }
            guard destination.versioning == .enabled else {
                throw S3Failure.invalidRequest("Destination bucket must have versioning enabled.")
            }
        }
    }

    /// Owes the replication of a new version from the commit of `transaction` on, and says so in the version.
    func replicate(
        _ object: inout ObjectRecord, in bucket: BucketRecord, _ transaction: any WriteTransaction
    ) throws {
        guard bucket.versioning == .enabled,
            let bytes = try transaction.setting(.replication, of: bucket.id)
        else { return }
        let configuration: ReplicationConfiguration = try Self.value(of: bytes)
        let rules = configuration.rules.filter { $0.isFor(object) }
        guard !rules.isEmpty else { return }
        if !object.isDeleteMarker { object.details.replicationStatus = "PENDING" }
        for name in Set(rules.compactMap(\.bucketName)) {
            let storageClass = rules.first { $0.bucketName == name }?.destination.storageClass
            let task = ReplicationWorker.Task(
                source: bucket.name, destination: name, key: object.key,
                versionID: object.versionID, storageClass: storageClass)
            try jobs.enqueue(ReplicationWorker.kind, payload: task.payload, in: transaction)
        }
    }
}

extension ReplicationRule {
    /// The name of the destination.
    var bucketName: String? {
        guard let arn = ARN(destination.bucket), arn.service == "s3" else { return nil }
        return arn.resource
    }

    /// Whether a new version is replicated by this rule.
    func isFor(_ object: ObjectRecord) -> Bool {
        guard status == "Enabled" else { return false }
        if object.isDeleteMarker {
            // The first version of the configuration, which has no filter, replicates them without a word.
            guard filter == nil || deleteMarkerReplication?.status == "Enabled" else {
                return false
            }
        }
        let prefix = self.prefix ?? filter?.prefix ?? filter?.and?.prefix ?? ""
        let tags = (filter?.tag.map { [$0] } ?? []) + (filter?.and?.tags ?? [])
        return object.keyText.hasPrefix(prefix)
            && tags.allSatisfy { tag in
                object.details.tags.contains(ObjectTag(key: tag.key, value: tag.value))
            }
    }
}
