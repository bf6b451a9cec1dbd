import LambdaModel
import Storage
import Wire

/// The rows of function URLs.
extension FunctionStore {
    /// The URL with this identifier.
    func url(id: String) async throws -> FunctionURL? {
        try await database.read { transaction in
            try transaction.first(Self.urlSelection + "WHERE id = ?", id).map(Self.url)
        }
    }

    /// The URL of a function or alias.
    ///
    /// - Throws: `ResourceNotFoundException` where it has none.
    func url(of reference: FunctionReference) async throws -> FunctionURL {
        try await database.read { transaction in
            guard let url = try Self.url(of: reference, in: transaction) else {
                throw LambdaRefusal.resourceNotFound
            }
            return url
        }
    }

    /// The URLs of a function and its aliases, in the order of their identifiers, after `id`.
    ///
    /// - Throws: `ResourceNotFoundException` where there is no such function.
    func urls(
        of key: FunctionKey, after id: String, limit: Int
    ) async throws -> [FunctionURL] {
        try await database.read { transaction in
            try Self.requireFunction(FunctionReference(key: key), in: transaction)
            return try transaction.query(
                Self.urlSelection
                    + """
                    WHERE account = ? AND region = ? AND name = ? AND id > ?
                    ORDER BY id LIMIT ?
                    """, key.account, key.region, key.name, id, limit
            ).map(Self.url)
        }
    }

    /// Adds a URL.
    ///
    /// - Throws: `ResourceNotFoundException`; `ResourceConflictException` where the function has one.
    func create(_ url: FunctionURL) async throws {
        try await database.write { transaction in
            try Self.requireFunction(url.reference, in: transaction)
            guard try Self.url(of: url.reference, in: transaction) == nil else {
                throw LambdaError.resourceConflictException.user(
                    "Failed to create function url config for [functionArn = "
                        + "\(url.reference.arn)]. Error message:  FunctionUrlConfig exists for "
                        + "this Lambda function")
            }
            try Self.put(url, in: transaction)
        }
    }

    /// Changes a URL.
    ///
    /// - Throws: `ResourceNotFoundException` where the function has none; what `change` throws.
    func updateURL(
        of reference: FunctionReference,
        _ change: @escaping @Sendable (inout FunctionURL) throws -> Void
    ) async throws -> FunctionURL {
        try await database.write { transaction in
            try Self.requireFunction(reference, in: transaction)
            guard var url = try Self.url(of: reference, in: transaction) else {
                throw LambdaRefusal.resourceNotFound
            }
            try change(&url)
            try Self.put(url, in: transaction)
            return url
        }
    }

    /// Deletes a URL.
    ///
    /// - Throws: `ResourceNotFoundException` where the function has none.
    func deleteURL(of reference: FunctionReference) async throws {
        let key = reference.key
        try await database.write { transaction in
            let deleted = try transaction.execute(
                """
                DELETE FROM function_urls
                WHERE account = ? AND region = ? AND name = ? AND qualifier = ?
                """, key.account, key.region, key.name, reference.qualifier ?? "")
            guard deleted == 1 else { throw LambdaRefusal.resourceNotFound }
        }
    }

    private static func requireFunction(
        _ reference: FunctionReference, in transaction: any ReadTransaction
    ) throws {
        do {
            _ = try version(reference, in: transaction)
        } catch is AWSError {
            throw LambdaError.resourceNotFoundException.user("Function does not exist")
        }
    }

    private static func url(
        of reference: FunctionReference, in transaction: any ReadTransaction
    ) throws -> FunctionURL? {
        let key = reference.key
        return try transaction.first(
            urlSelection + "WHERE account = ? AND region = ? AND name = ? AND qualifier = ?",
            key.account, key.region, key.name, reference.qualifier ?? ""
        ).map(url)
    }

    private static let urlSelection = """
        SELECT id, account, region, name, qualifier, auth_type, invoke_mode, cors, created, modified
        FROM function_urls

        """

    private static func url(_ row: Row) throws -> FunctionURL {
        let qualifier = row.string("qualifier")
        return FunctionURL(
            id: row.string("id"),
            reference: FunctionReference(
                key: FunctionKey(
                    account: row.string("account"), region: row.string("region"),
                    name: row.string("name")),
                qualifier: qualifier.isEmpty ? nil : qualifier),
            authType: row.string("auth_type"), invokeMode: row.string("invoke_mode"),
            cors: try row.optionalString("cors").map { CORSPolicy(try Document(json: $0)) },
            created: row.instant("created"), modified: row.instant("modified"))
    }

    private static func put(_ url: FunctionURL, in transaction: any WriteTransaction) throws {
        let key = url.reference.key
        try transaction.execute(
            """
            INSERT INTO function_urls (id, account, region, name, qualifier, auth_type,
                invoke_mode, cors, created, modified)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET auth_type = excluded.auth_type,
                invoke_mode = excluded.invoke_mode, cors = excluded.cors,
                modified = excluded.modified
            """, url.id, key.account, key.region, key.name, url.reference.qualifier ?? "",
            url.authType, url.invokeMode, url.cors?.document.jsonText, url.created, url.modified)
    }
}
