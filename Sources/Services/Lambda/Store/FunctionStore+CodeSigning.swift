import LambdaModel
import Platform
import Storage
import Wire

/// The rows of code signing configurations.
extension FunctionStore {
    /// Adds a configuration.
    func create(_ config: CodeSigning, tags: [String: String]) async throws {
        try await database.write { transaction in
            try Self.put(config, in: transaction)
            try transaction.execute(
                """
                UPDATE code_signing_configs SET tags = ?
                WHERE account = ? AND region = ? AND id = ?
                """, Self.json(tags), config.account, config.region, config.id)
        }
    }

    /// The configuration called `id`; `nil` where there is none.
    func codeSigning(
        _ id: String, account: String, region: String
    ) async throws -> CodeSigning? {
        try await database.read {
            try Self.codeSigning(id, account: account, region: region, in: $0)
        }
    }

    /// The configurations of an account and region by identifier, after `id`.
    func codeSignings(
        account: String, region: String, after id: String, limit: Int
    ) async throws -> [CodeSigning] {
        try await database.read { transaction in
            try transaction.query(
                Self.codeSigningSelection
                    + "WHERE account = ? AND region = ? AND id > ? ORDER BY id LIMIT ?",
                account, region, id, limit
            ).map(Self.codeSigning)
        }
    }

    /// Changes a configuration.
    ///
    /// - Returns: nil where there is none.
    /// - Throws: what `change` throws.
    func updateCodeSigning(
        _ id: String, account: String, region: String,
        _ change: @escaping @Sendable (inout CodeSigning) throws -> Void
    ) async throws -> CodeSigning? {
        try await database.write { transaction in
            guard
                var config = try Self.codeSigning(
                    id, account: account, region: region, in: transaction)
            else { return nil }
            try change(&config)
            try Self.put(config, in: transaction)
            return config
        }
    }

    /// Deletes a configuration.
    ///
    /// - Returns: whether it was there.
    /// - Throws: `ResourceConflictException` while a function has it.
    func deleteCodeSigning(_ id: String, account: String, region: String) async throws -> Bool {
        try await database.write { transaction in
            let user = try transaction.first(
                """
                SELECT name FROM functions
                WHERE account = ? AND region = ? AND code_signing_config = ? LIMIT 1
                """, account, region, id)
            guard user == nil else {
                throw LambdaError.resourceConflictException.user(
                    "CodeSigningConfig cannot be deleted while it is attached to a function.")
            }
            return try transaction.execute(
                "DELETE FROM code_signing_configs WHERE account = ? AND region = ? AND id = ?",
                account, region, id) > 0
        }
    }

    /// The identifier of a function's configuration; `nil` where it has none.
    ///
    /// - Throws: `ResourceNotFoundException` where there is no such function.
    func codeSigningID(of key: FunctionKey) async throws -> String? {
        try await database.read {
            try Self.functionRow(key, "code_signing_config", in: $0).optionalString(0)
        }
    }

    /// Gives a function a configuration, or takes it away.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func setCodeSigning(_ id: String?, of key: FunctionKey) async throws {
        try await database.write { transaction in
            _ = try Self.functionRow(key, "name", in: transaction)
            try transaction.execute(
                """
                UPDATE functions SET code_signing_config = ?
                WHERE account = ? AND region = ? AND name = ?
                """, id, key.account, key.region, key.name)
        }
    }

    /// The names of the functions with a configuration, after `name`.
    func functions(
        withCodeSigning id: String, account: String, region: String, after name: String, limit: Int
    ) async throws -> [String] {
        try await database.read { transaction in
            try transaction.query(
                """
                SELECT name FROM functions WHERE account = ? AND region = ?
                    AND code_signing_config = ? AND name > ? ORDER BY name LIMIT ?
                """, account, region, id, name, limit
            ).map { $0.string(0) }
        }
    }

    private static let codeSigningSelection =
        "SELECT account, region, id, config, modified FROM code_signing_configs "

    private static func codeSigning(
        _ id: String, account: String, region: String, in transaction: any ReadTransaction
    ) throws -> CodeSigning? {
        try transaction.first(
            codeSigningSelection + "WHERE account = ? AND region = ? AND id = ?",
            account, region, id
        ).map(codeSigning)
    }

    private static func codeSigning(_ row: Row) throws -> CodeSigning {
        let config = try Document(json: row.string(3))
        return CodeSigning(
            account: row.string(0), region: row.string(1), id: row.string(2),
            description: config["description"]?.stringValue ?? "",
            publishers: config["publishers"]?.stringElements ?? [],
            policy: config["policy"]?.stringValue ?? "Warn", modified: row.instant(4))
    }

    private static func put(_ config: CodeSigning, in transaction: any WriteTransaction) throws {
        let document: Document = [
            "description": .string(config.description),
            "publishers": .array(config.publishers.map { .string($0) }),
            "policy": .string(config.policy),
        ]
        try transaction.execute(
            """
            INSERT INTO code_signing_configs (account, region, id, config, tags, modified)
            VALUES (?, ?, ?, ?, '{}', ?)
            ON CONFLICT (account, region, id)
                DO UPDATE SET config = excluded.config, modified = excluded.modified
            """, config.account, config.region, config.id, document.jsonText, config.modified)
    }
}
