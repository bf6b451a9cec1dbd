import DynamoDBModel
import DynamoDBValues
import Platform
import Storage
import Wire

/// Makes writes of several items, all or none.
struct TransactionWriter: Sendable {
    /// A write, and what its request wants to know when its condition does not hold.
    struct Action: Sendable {
        let write: ItemWrite
        let returnsOnFailure: String?
        /// What is said where the condition does not hold.
        var failure = TransactionRules.Reason.conditionFailed
    }

    /// The token by which a client makes a request once, however often it sends it.
    struct Token: Sendable {
        let scope: TableScope
        let text: String
        /// What the request asks for: the token stands for nothing else.
        let request: [UInt8]
    }

    let tables: TableStore
    let meter: ThroughputMeter

    /// Makes the writes.
    ///
    /// - Returns: what each changed; `nil` where a request with the same token has done it before.
    /// - Throws: `TransactionCanceledException`, `IdempotentParameterMismatchException`, `StaleTable`.
    func write(_ actions: [Action], token: Token?) async throws -> [ItemChange]? {
        guard Set(actions.map(\.write.key)).count == actions.count else {
            throw TransactionRules.severalOperations
        }
        let now = tables.clock.now
        let changes: [ItemChange]? = try await tables.database.write { transaction in
            if let token, try isDone(token, at: now, in: transaction) { return nil }
            let changes = try prepare(actions, at: now, in: transaction)
            for (change, action) in zip(changes, actions) {
                if action.write.isCheck { continue }
                try transaction.apply(change)
            }
            return changes
        }
        return changes
    }

    /// Finds out what all writes do before any is made.
    private func prepare(
        _ actions: [Action], at now: Instant, in transaction: any WriteTransaction
    ) throws -> [ItemChange] {
        var changes: [ItemChange] = []
        var reasons: [TransactionRules.Reason] = []
        for action in actions {
            do {
                changes.append(try action.write.prepare(at: now, in: transaction))
                reasons.append(.none)
            } catch let failed as ConditionFailed {
                var reason = action.failure
                reason.item = action.returnsOnFailure == "ALL_OLD" ? failed.item : nil
                reasons.append(reason)
            } catch let error as AWSError {
                reasons.append(.init(code: "ValidationError", message: error.message))
            }
        }
        guard changes.count == actions.count else { throw TransactionRules.canceled(reasons) }
        let bytes = changes.reduce(0) { $0 + max($1.old?.size ?? 0, $1.new?.size ?? 0) }
        guard bytes <= DynamoDBLimits.transactionBytes else { throw TransactionRules.tooLarge }
        return changes
    }

    /// Remembers a token; true where it is remembered already.
    private func isDone(_ token: Token, at now: Instant, in transaction: any WriteTransaction)
        throws
        -> Bool
    {
        let scope = token.scope
        let row = try transaction.first(
            "SELECT request, created FROM tokens WHERE account = ? AND region = ? AND token = ?",
            scope.account, scope.region, token.text)
        if let row, now - row.instant(1) < DynamoDBLimits.tokenLifetime {
            guard row.bytes(0) == token.request else {
                throw DynamoDBError.idempotentParameterMismatchException(
                    "The request uses the same client token as a previous, but non-identical "
                        + "request. Do not reuse a client token with different requests, unless "
                        + "the requests are identical")
            }
            return true
        }
        try transaction.execute(
            "INSERT INTO tokens (account, region, token, request, created) VALUES (?, ?, ?, ?, ?) "
                + "ON CONFLICT (account, region, token) DO UPDATE SET request = excluded.request, "
                + "created = excluded.created",
            scope.account, scope.region, token.text, token.request, now)
        return false
    }

    /// What the writes consumed, noted and for the answer.
    ///
    /// - Parameter factor: 2, since a transaction writes twice.
    func capacities(_ changes: [ItemChange], asked: String?) -> [ConsumedCapacity]? {
        var capacities = TableCapacities(kind: .write)
        for change in changes {
            var capacity = Capacity()
            capacity.add(change, factor: 2)
            meter.note(capacity.total, .write, of: change.table)
            capacities.add(capacity, of: change.table)
        }
        return capacities.answer(asked)
    }
}

extension TransactionWriter.Token {
    /// The token of a request; `nil` where it has none.
    init?(_ text: String?, of request: some Structure, in schema: ServiceSchema, scope: TableScope)
    {
        guard let text else { return nil }
        self.init(
            scope: scope, text: text,
            request: Fingerprint.bytes(of: request.document(in: schema).json()))
    }
}

/// Tells requests apart: 128 bits of their text.
enum Fingerprint {
    static func bytes(of text: [UInt8]) -> [UInt8] {
        // Two FNV-1a hashes from different beginnings; the requests are one client's own.
        var (first, second): (UInt64, UInt64) = (0xCBF2_9CE4_8422_2325, 0x9E37_79B9_7F4A_7C15)
        for byte in text {
            first = (first ^ UInt64(byte)) &* 0x100_0000_01B3
            second = (second ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        return [first, second].flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) }
        }
    }
}
