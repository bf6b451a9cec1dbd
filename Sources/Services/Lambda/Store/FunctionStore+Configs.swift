import LambdaModel
import Platform
import Storage
import Wire

/// What is configured for a version or alias of a function beside what it is made of.
enum QualifierConfigKind: String, Sendable {
    /// Retries, age and destinations of asynchronous events.
    case eventInvoke = "event-invoke"
    /// How many environments are kept warm.
    case provisionedConcurrency = "provisioned-concurrency"
    /// When the runtime is brought up to date.
    case runtimeManagement = "runtime-management"
}

/// A configuration of a qualifier, as its row has it.
struct QualifierConfig: Sendable {
    /// The function with the qualifier; `$LATEST` stands for none.
    let reference: FunctionReference
    let document: Document
    let modified: Instant
}

/// The rows of what is configured for a qualifier, and what is configured for a function as a whole.
extension FunctionStore {
    /// The configuration of a qualifier; `nil` where it has none.
    func config(
        _ kind: QualifierConfigKind, of reference: FunctionReference
    ) async throws -> QualifierConfig? {
        try await database.read { try Self.config(kind, of: reference, in: $0) }
    }

    /// The configurations of a function's qualifiers, by qualifier, after `qualifier`.
    ///
    /// - Throws: `ResourceNotFoundException` where there is no such function.
    func configs(
        _ kind: QualifierConfigKind, of key: FunctionKey, after qualifier: String, limit: Int
    ) async throws -> [QualifierConfig] {
        try await database.read { transaction in
            _ = try Self.version(FunctionReference(key: key), in: transaction)
            return try transaction.query(
                Self.configSelection
                    + """
                    WHERE account = ? AND region = ? AND name = ? AND kind = ? AND qualifier > ?
                    ORDER BY qualifier LIMIT ?
                    """, key.account, key.region, key.name, kind.rawValue, qualifier, limit
            ).map(Self.config)
        }
    }

    /// Every configuration of a kind, of all accounts.
    func allConfigs(_ kind: QualifierConfigKind) async throws -> [QualifierConfig] {
        try await database.read { transaction in
            try transaction.query(Self.configSelection + "WHERE kind = ?", kind.rawValue)
                .map(Self.config)
        }
    }

    /// Replaces the configuration of a qualifier by what `change` makes of it.
    ///
    /// - Throws: `ResourceNotFoundException` where there is no such function or qualifier; what `change` throws.
    @discardableResult
    func changeConfig(
        _ kind: QualifierConfigKind, of reference: FunctionReference, at time: Instant,
        _ change: @escaping @Sendable (Document?, any ReadTransaction) throws -> Document?
    ) async throws -> QualifierConfig? {
        let key = reference.key
        defer { cache.clear() }
        return try await database.write { transaction in
            _ = try Self.version(reference, in: transaction)
            let before = try Self.config(kind, of: reference, in: transaction)
            guard let document = try change(before?.document, transaction) else {
                try transaction.execute(
                    """
                    DELETE FROM qualifier_configs WHERE account = ? AND region = ? AND name = ?
                        AND kind = ? AND qualifier = ?
                    """, key.account, key.region, key.name, kind.rawValue, reference.version)
                return nil
            }
            try transaction.execute(
                """
                INSERT INTO qualifier_configs (account, region, name, kind, qualifier, config,
                    modified)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (account, region, name, kind, qualifier)
                    DO UPDATE SET config = excluded.config, modified = excluded.modified
                """, key.account, key.region, key.name, kind.rawValue, reference.version,
                document.jsonText, time)
            return QualifierConfig(
                reference: reference.with(qualifier: reference.version), document: document,
                modified: time)
        }
    }

    static func config(
        _ kind: QualifierConfigKind, of reference: FunctionReference,
        in transaction: any ReadTransaction
    ) throws -> QualifierConfig? {
        let key = reference.key
        return try transaction.first(
            configSelection
                + """
                WHERE account = ? AND region = ? AND name = ? AND kind = ? AND qualifier = ?
                """, key.account, key.region, key.name, kind.rawValue, reference.version
        ).map(config)
    }

    private static let configSelection = """
        SELECT account, region, name, qualifier, config, modified FROM qualifier_configs

        """

    private static func config(_ row: Row) throws -> QualifierConfig {
        QualifierConfig(
            reference: FunctionReference(
                key: FunctionKey(
                    account: row.string(0), region: row.string(1), name: row.string(2)),
                qualifier: row.string(3)),
            document: try Document(json: row.string(4)), modified: row.instant(5))
    }
}

// MARK: - Of a function as a whole

extension FunctionStore {
    /// The concurrency that is a function's alone; `nil` where none is.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func reservedConcurrency(of key: FunctionKey) async throws -> Int? {
        try await database.read { transaction in
            try Self.functionRow(key, "reserved_concurrency", in: transaction).optionalInt(0)
        }
    }

    /// Gives a function a concurrency of its own, or takes it away.
    ///
    /// - Throws: `ResourceNotFoundException`; `InvalidParameterValueException` where too little would be left for others, or
    ///   the function has promised more.
    func reserveConcurrency(_ count: Int?, for key: FunctionKey) async throws {
        defer { cache.clear() }
        try await database.write { transaction in
            let row = try Self.functionRow(key, "reserved_concurrency", in: transaction)
            if let count {
                let others =
                    try Self.reservedConcurrency(
                        account: key.account, region: key.region, in: transaction)
                    - (row.optionalInt(0) ?? 0)
                try ConcurrencyQuota.checkReservation(count, others: others)
                let provisioned = try Self.provisionedConcurrency(of: key, in: transaction)
                guard count >= provisioned else {
                    throw LambdaRefusal.invalidParameter(
                        " ReservedConcurrentExecutions  \(count) should not be lower than "
                            + "function's total provisioned concurrency [\(provisioned)].")
                }
            }
            try transaction.execute(
                """
                UPDATE functions SET reserved_concurrency = ?
                WHERE account = ? AND region = ? AND name = ?
                """, count, key.account, key.region, key.name)
        }
    }

    /// How much concurrency the functions of an account have for themselves.
    func reservedConcurrency(account: String, region: String) async throws -> Int {
        try await database.read {
            try Self.reservedConcurrency(account: account, region: region, in: $0)
        }
    }

    /// How many environments a function's qualifiers keep warm together, `other` left out.
    static func provisionedConcurrency(
        of key: FunctionKey, except other: String = "", in transaction: any ReadTransaction
    ) throws -> Int {
        let rows = try transaction.query(
            """
            SELECT config FROM qualifier_configs
            WHERE account = ? AND region = ? AND name = ? AND kind = ? AND qualifier <> ?
            """, key.account, key.region, key.name,
            QualifierConfigKind.provisionedConcurrency.rawValue, other)
        return try rows.reduce(0) { sum, row in
            sum + ProvisionedConcurrency(try Document(json: row.string(0))).requested
        }
    }

    /// Whether a function's recursion is stopped: `Terminate` or `Allow`.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func recursiveLoop(of key: FunctionKey) async throws -> String {
        try await database.read {
            try Self.functionRow(key, "recursive_loop", in: $0).string(0)
        }
    }

    /// Says whether a function's recursion is stopped.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func setRecursiveLoop(_ loop: String, of key: FunctionKey) async throws {
        defer { cache.clear() }
        try await database.write { transaction in
            _ = try Self.functionRow(key, "name", in: transaction)
            try transaction.execute(
                """
                UPDATE functions SET recursive_loop = ?
                WHERE account = ? AND region = ? AND name = ?
                """, loop, key.account, key.region, key.name)
        }
    }

    /// A column of a function's row.
    ///
    /// - Throws: `ResourceNotFoundException`.
    static func functionRow(
        _ key: FunctionKey, _ columns: String, in transaction: any ReadTransaction
    ) throws -> Row {
        let row = try transaction.first(
            "SELECT \(columns) FROM functions WHERE account = ? AND region = ? AND name = ?",
            key.account, key.region, key.name)
        guard let row else { throw LambdaRefusal.functionNotFound(key.arn) }
        return row
    }
}

// MARK: - Provisioned concurrency

extension FunctionStore {
    /// Checks what a version or alias is to have kept warm.
    ///
    /// - Throws: `InvalidParameterValueException` for more than the function may use, `ResourceConflictException` where the version has
    ///   it by another name.
    static func checkProvisioning(
        _ requested: Int, of reference: FunctionReference, in transaction: any ReadTransaction
    ) throws {
        let key = reference.key
        let total =
            try provisionedConcurrency(of: key, except: reference.version, in: transaction)
            + requested
        let row = try functionRow(key, "reserved_concurrency", in: transaction)
        if let reserved = row.optionalInt(0) {
            guard total <= reserved else {
                throw LambdaRefusal.invalidParameter(
                    "Requested Provisioned Concurrency should not be greater than the "
                        + "reservedConcurrentExecution for function")
            }
        } else {
            let others = try reservedConcurrency(
                account: key.account, region: key.region, in: transaction)
            let left = LambdaLimits.concurrentExecutions - others - total
            guard left >= LambdaLimits.leastUnreservedConcurrency else {
                throw LambdaRefusal.invalidParameter(
                    "Specified ConcurrentExecutions for function decreases account's "
                        + "UnreservedConcurrentExecution below its minimum value of "
                        + "[\(LambdaLimits.leastUnreservedConcurrency)].")
            }
        }
        try checkOtherNames(of: reference, in: transaction)
    }

    /// A version is kept warm under its number or under one alias, not both.
    private static func checkOtherNames(
        of reference: FunctionReference, in transaction: any ReadTransaction
    ) throws {
        let key = reference.key
        func isProvisioned(_ qualifier: String) throws -> Bool {
            try config(
                .provisionedConcurrency, of: reference.with(qualifier: qualifier), in: transaction)
                != nil
        }
        if let name = reference.aliasName {
            let versions = try alias(name, of: key, in: transaction)?.versions ?? []
            guard try !versions.contains(where: isProvisioned) else {
                throw LambdaError.resourceConflictException.user(
                    "Alias can't be used for Provisioned Concurrency configuration on an already "
                        + "Provisioned version")
            }
        } else {
            let names = try aliases(of: key, in: transaction)
                .filter { $0.versions.contains(reference.version) }.map(\.name)
            guard try !names.contains(where: isProvisioned) else {
                throw LambdaError.resourceConflictException.user(
                    "Version is pointed by a Provisioned Concurrency alias")
            }
        }
    }
}
