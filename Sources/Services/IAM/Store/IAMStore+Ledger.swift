import Authorization
import Platform
import Storage
import Wire

/// What the authorizer decided, so that it is known after a restart.
extension IAMStore {
    /// Keeps what is new, and of the denials the last ones.
    func keep(_ news: AccessLedger.News) async throws {
        // No policy depends on it, so the authorizer need not read anew.
        try await database.write { transaction in
            for (number, entry) in news.denials.enumerated() {
                try transaction.execute(
                    """
                    INSERT INTO denials (request_id, number, time, entry) VALUES (?, ?, ?, ?)
                    ON CONFLICT (request_id, number) DO NOTHING
                    """, entry.requestID, number, entry.time, entry.document.jsonText)
            }
            let oldest = try transaction.first(
                "SELECT time FROM denials ORDER BY time DESC LIMIT 1 OFFSET ?",
                AccessLedger.denialLimit)
            if let oldest {
                try transaction.execute("DELETE FROM denials WHERE time <= ?", oldest.int(0))
            }
            for usage in news.usages {
                try transaction.execute(
                    """
                    INSERT INTO usages (bearer, action, resource) VALUES (?, ?, ?)
                    ON CONFLICT (bearer, action, resource) DO NOTHING
                    """, usage.bearer, usage.action, usage.resource)
            }
        }
    }

    /// The denials of a request.
    func denials(of requestID: String) async throws -> [Document] {
        try await read { transaction in
            try transaction.query(
                "SELECT entry FROM denials WHERE request_id = ? ORDER BY number", requestID
            ).compactMap { try? Document(json: $0.string(0)) }
        }
    }

    /// What a user or role did.
    func usages(of bearer: String) async throws -> [AccessLedger.Usage] {
        try await read { transaction in
            try transaction.query(
                "SELECT action, resource FROM usages WHERE bearer = ? LIMIT ?", bearer,
                AccessLedger.usageLimit
            ).map {
                AccessLedger.Usage(
                    bearer: bearer, action: $0.string(0), resource: $0.string(1))
            }
        }
    }
}
