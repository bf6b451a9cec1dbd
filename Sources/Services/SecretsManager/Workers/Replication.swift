import Jobs
import Platform
import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Copies a secret into the regions that it is replicated to, after every change of it.
struct Replication: Sendable {
    private static let kind = "replicate-secret"

    let store: SecretStore
    let background: BackgroundContext

    /// Owes a copy to every replica of a secret.
    static func enqueue(
        _ secret: SecretRecord, on jobs: JobQueue, in transaction: any WriteTransaction
    ) throws {
        guard secret.primaryRegion == secret.region else { return }
        for replica in try transaction.replicas(of: secret.arn) {
            let region = replica.region ?? ""
            guard try ReplicaRegions.obstacle(to: secret, in: region, transaction) == nil else {
                try transaction.execute(
                    "UPDATE replicas SET status = 'Failed', message = ? "
                        + "WHERE arn = ? AND region = ?",
                    "Replication failed: Secret name \(secret.name) already exists in region "
                        + "\(region).", secret.arn, region)
                continue
            }
            try transaction.execute(
                "UPDATE replicas SET status = 'InProgress', message = NULL "
                    + "WHERE arn = ? AND region = ?", secret.arn, region)
            let name = "\(secret.arn)\n\(region)"
            try jobs.enqueue(
                kind, payload: Array(name.utf8), key: name, replacing: true, in: transaction)
        }
    }

    var handler: JobHandler {
        JobHandler(kind: Self.kind, concurrency: 4) { leased in
            let parts = String(decoding: leased.job.payload, as: UTF8.self).split(separator: "\n")
            precondition(parts.count == 2, "a replication that nobody enqueued")
            let (arn, region) = (String(parts[0]), String(parts[1]))
            do {
                try await copy(arn, to: region, leased)
            } catch let error as AWSError {
                try await store.database.write { transaction in
                    try leased.complete(in: transaction)
                    try transaction.execute(
                        "UPDATE replicas SET status = 'Failed', message = ? "
                            + "WHERE arn = ? AND region = ?", error.message, arn, region)
                }
            }
            return .done
        }
    }

    /// A version on its way to another region.
    private struct Copy: Sendable {
        var version: VersionRecord
        var sealed: [UInt8]
        var isBinary: Bool
    }

    private func copy(_ arn: String, to region: String, _ leased: LeasedJob) async throws {
        let found = try await store.database.read { transaction in
            (
                secret: try transaction.secret(arn: arn),
                replica: try transaction.replicas(of: arn).first { $0.region == region },
                versions: try transaction.versions(of: arn)
            )
        }
        guard let secret = found.secret, let replica = found.replica else {
            try await store.database.write { try leased.complete(in: $0) }
            return
        }
        let target = secret.arn(in: region)
        let known = try await store.database.read { transaction in
            Set(try transaction.versions(of: target).filter(\.hasValue).map(\.id))
        }
        var copies: [Copy] = []
        for version in found.versions where !version.stages.isEmpty && !known.contains(version.id) {
            let here = background.context(account: secret.account, region: secret.region)
            guard let value = try await store.value(of: version.id, secret, in: here) else {
                continue
            }
            let there = background.context(account: secret.account, region: region)
            let sealed = try await store.cipher.encrypt(
                value, keyID: replica.kmsKeyId, arn: target, version: version.id, in: there)
            copies.append(Copy(version: version, sealed: sealed, isBinary: value.isBinary))
        }
        try await store.database.write { [copies] transaction in
            try leased.complete(in: transaction)
            try Self.write(
                arn, to: region, kmsKeyID: replica.kmsKeyId, copies, in: transaction)
        }
    }

    private static func write(
        _ arn: String, to region: String, kmsKeyID: String?, _ copies: [Copy],
        in transaction: any WriteTransaction
    ) throws {
        guard let secret = try transaction.secret(arn: arn),
            try transaction.replicas(of: arn).contains(where: { $0.region == region }),
            try ReplicaRegions.obstacle(to: secret, in: region, transaction) == nil
        else { return }
        var replica = secret
        replica.region = region
        replica.arn = secret.arn(in: region)
        replica.kmsKeyID = kmsKeyID
        replica.rotation.next = nil
        if let former = try transaction.secret(arn: replica.arn) {
            replica.created = former.created
            replica.accessed = former.accessed
        }
        try transaction.put(replica)
        for copy in copies {
            try transaction.putVersion(
                copy.version.id, of: replica.arn, sealed: copy.sealed, isBinary: copy.isBinary,
                kmsKeyID: kmsKeyID, now: copy.version.created)
        }
        try transaction.execute("DELETE FROM stages WHERE arn = ?", replica.arn)
        let present = Set(try transaction.versions(of: replica.arn).map(\.id))
        for (version, stages) in try transaction.stages(of: arn) where present.contains(version) {
            for stage in stages {
                try transaction.execute(
                    "INSERT INTO stages (arn, stage, version_id) VALUES (?, ?, ?)", replica.arn,
                    stage, version)
            }
        }
        try transaction.execute("DELETE FROM tags WHERE arn = ?", replica.arn)
        try transaction.setTags(transaction.tags(of: arn), of: replica.arn)
        try transaction.execute(
            "UPDATE replicas SET status = 'InSync', message = NULL WHERE arn = ? AND region = ?",
            arn, region)
    }
}
