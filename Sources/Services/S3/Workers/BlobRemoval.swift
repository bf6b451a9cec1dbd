import Blobs
import Jobs
import Logging
import Platform
import Storage

/// Removes the files of blobs that nobody uses any more.
enum BlobRemoval {
    private static let kind = "remove-blobs"
    /// Identifiers in one job.
    private static let batch = 200

    /// Owes the removal of `blobs` from the commit of `transaction` on. They stay for a while, for those who read them.
    static func enqueue(
        _ blobs: [String], on jobs: JobQueue, clock: any Clock, in transaction: any WriteTransaction
    ) throws {
        var rest = blobs[...]
        while !rest.isEmpty {
            let names = rest.prefix(batch)
            rest = rest.dropFirst(batch)
            try jobs.enqueue(
                kind, payload: Array(names.joined(separator: " ").utf8),
                notBefore: clock.now + S3Limits.deletedBytesStay, in: transaction)
        }
    }

    /// How the files are removed. Removing one again changes nothing.
    static func handler(_ blobs: any BlobStore) -> JobHandler {
        JobHandler(kind: kind, concurrency: 2, retries: RetryPolicy(maximumAttempts: 100)) {
            leased in
            let names = String(decoding: leased.job.payload, as: UTF8.self)
            for name in names.split(separator: " ") {
                guard let id = BlobID(String(name)) else {
                    preconditionFailure("a blob that the store did not name")
                }
                try await blobs.delete(id)
            }
            return .done
        }
    }
}

/// Finds the files that a crash left between a blob and its row, and removes them.
struct BlobSweep: Sendable {
    let store: S3Store

    /// Sweeps now and then until the task is cancelled.
    func run() async throws {
        while true {
            do {
                let removed = try await store.blobs.sweep(olderThan: S3Limits.sweptBlobAge) { id in
                    try await store.isAlive(id)
                }
                if removed > 0 {
                    store.logger.notice(
                        "bytes of interrupted uploads removed", metadata: ["blobs": "\(removed)"])
                }
            } catch let error where !(error is CancellationError) {
                store.logger.error("sweeping blobs failed", metadata: ["error": "\(error)"])
            }
            try await store.clock.sleep(for: S3Limits.blobSweep)
        }
    }
}
