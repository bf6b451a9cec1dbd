import Jobs
import Platform
import Storage

/// The end of imported material that has a date.
struct MaterialExpiry: Sendable {
    private static let kind = "expire-material"

    let store: KeyStore
    let clock: any Clock

    /// Owes the expiry of a key's material, and no other.
    static func enqueue(
        _ materialID: String, of place: KeyPlace, at time: Instant?, on jobs: JobQueue,
        in transaction: any WriteTransaction
    ) throws {
        let name = "\(place.text)/\(materialID)"
        guard let time else {
            try jobs.cancel(kind, key: name, in: transaction)
            return
        }
        try jobs.enqueue(
            kind, payload: Array(name.utf8), notBefore: time, key: name, replacing: true,
            in: transaction)
    }

    var handler: JobHandler {
        JobHandler(kind: Self.kind, concurrency: 1) { leased in
            let parts = String(decoding: leased.job.payload, as: UTF8.self).split(separator: "/")
            guard parts.count == 4,
                let place = KeyPlace(parts[..<3].joined(separator: "/"))
            else { preconditionFailure("an expiry that nobody enqueued") }
            try await store.database.write { transaction in
                try leased.complete(in: transaction)
                guard var key = try transaction.optionalKey(place) else { return }
                try transaction.forgetMaterial(String(parts[3]), of: &key)
            }
            return .done
        }
    }
}

extension WriteTransaction {
    /// Deletes the secret of an imported material. Its key waits for it to be imported again.
    func forgetMaterial(_ id: String, of key: inout KeyRecord) throws {
        try execute(
            "UPDATE materials SET sealed = NULL, valid_to = NULL "
                + "WHERE account = ? AND region = ? AND key_id = ? AND id = ?",
            key.account, key.region, key.id, id)
        if !key.state.isDying { key.state = .pendingImport }
        try update(key)
    }
}
