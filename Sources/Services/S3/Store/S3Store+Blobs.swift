import Blobs
import Jobs
import Platform
import Storage

/// The count of who uses a blob, and its end when nobody does.
///
/// A blob is written before its row and removed after it. `BlobRemoval` does the latter; what a crash leaves between the two, the
/// sweep finds.
extension S3Store {
    /// Notes a blob that one version or part uses.
    func adopt(_ blob: Blob, in transaction: any WriteTransaction) throws {
        try transaction.execute(
            "INSERT INTO blobs (id, size, sha256, uses) VALUES (?, ?, ?, 1)", blob.id.description,
            blob.size, blob.sha256)
    }

    /// Notes that one more uses a blob; false where there is no such blob any more.
    func share(_ blob: String, in transaction: any WriteTransaction) throws -> Bool {
        try transaction.execute("UPDATE blobs SET uses = uses + 1 WHERE id = ?", blob) == 1
    }

    /// Notes that one fewer uses each of `blobs`; those that nobody uses any more are removed a while later.
    func release(_ blobs: [String], in transaction: any WriteTransaction) throws {
        var unused: [String] = []
        for blob in blobs {
            let uses = try transaction.query(
                "UPDATE blobs SET uses = uses - 1 WHERE id = ? RETURNING uses", blob)
            guard let uses = uses.first?.int(0), uses <= 0 else { continue }
            try transaction.execute("DELETE FROM blobs WHERE id = ?", blob)
            unused.append(blob)
        }
        if !unused.isEmpty {
            try BlobRemoval.enqueue(unused, on: jobs, clock: clock, in: transaction)
        }
    }

    /// Gives up what an object's row holds on to: its blob, or its parts.
    func releaseBytes(of object: ObjectRecord, in transaction: any WriteTransaction) throws {
        switch object.place {
        case .row: return
        case .blob(let blob): try release([blob.description], in: transaction)
        case .parts:
            let parts = try transaction.query(
                "DELETE FROM object_parts WHERE object_id = ? RETURNING blob", object.id)
            try release(parts.map { $0.string(0) }, in: transaction)
        }
    }

    /// Whether a version or part uses a blob.
    func isAlive(_ blob: BlobID) async throws -> Bool {
        try await database.read {
            try $0.first("SELECT id FROM blobs WHERE id = ?", blob.description) != nil
        }
    }
}
