import DynamoDBModel
import DynamoDBValues
import Platform
import ServiceKit
import Storage
import Wire

/// The policies of tables and streams.
struct PolicyStore: Sendable {
    let tables: TableStore

    private static let notFound = "Resource-based policy not found for the provided ResourceArn: "

    /// The policy of a resource and its revision.
    ///
    /// - Throws: `ResourceNotFoundException`; `PolicyNotFoundException`.
    func policy(of arn: String, in context: RequestContext) async throws -> (
        policy: String, revision: String
    ) {
        try await tables.database.read { transaction in
            try Self.require(arn, in: context, transaction)
            guard let found = try transaction.policy(of: arn) else {
                throw DynamoDBError.policyNotFoundException(Self.notFound + arn)
            }
            return found
        }
    }

    /// Sets a resource's policy; answers its revision.
    ///
    /// - Throws: `ResourceNotFoundException`; `PolicyNotFoundException` where the revision is not the one that is expected.
    func put(
        _ policy: String, of arn: String, expecting expected: String?, in context: RequestContext
    ) async throws -> String {
        let now = tables.clock.now
        return try await tables.database.write { transaction in
            try Self.require(arn, in: context, transaction)
            let old = try transaction.policy(of: arn)
            try Self.check(expected, against: old?.revision, of: arn)
            if let old, old.policy == policy { return old.revision }
            // Two revisions within a millisecond are two nevertheless.
            let number = max(now.milliseconds, (old.flatMap { Int64($0.revision) } ?? 0) + 1)
            let revision = ResourcePolicyRules.revision(Instant(milliseconds: number))
            try transaction.setPolicy(policy, of: arn, revision: revision)
            return revision
        }
    }

    /// Removes a resource's policy; answers the revision that it had, `nil` where there was none.
    ///
    /// - Throws: `ResourceNotFoundException`; `PolicyNotFoundException` where the revision is not the one that is expected.
    func delete(_ arn: String, expecting expected: String?, in context: RequestContext) async throws
        -> String?
    {
        try await tables.database.write { transaction in
            try Self.require(arn, in: context, transaction)
            let old = try transaction.policy(of: arn)
            try Self.check(expected, against: old?.revision, of: arn)
            try transaction.execute("DELETE FROM policies WHERE resource = ?", arn)
            return old?.revision
        }
    }

    private static func check(_ expected: String?, against current: String?, of arn: String) throws
    {
        guard let expected, expected != current else { return }
        if expected == "NO_POLICY" {
            guard let current else { return }
            throw DynamoDBError.policyNotFoundException(
                notFound
                    + "Requested policy update expecting none to be present for table \(name(arn)), "
                    + "but a policy exists with revision id \(current).")
        }
        guard let current else { throw DynamoDBError.policyNotFoundException(notFound + arn) }
        throw DynamoDBError.policyNotFoundException(
            notFound + "Requested update for policy with revision id \(expected), but the policy "
                + "associated to target table \(name(arn)) has revision id \(current).")
    }

    /// The name of the table in an ARN that has been read.
    private static func name(_ arn: String) -> String {
        ARN(arn).flatMap { TableReference.name(ofResource: $0.resource) } ?? arn
    }

    /// Checks that the table of a resource is there.
    private static func require(
        _ arn: String, in context: RequestContext, _ transaction: any ReadTransaction
    ) throws {
        let reference = try TableReference(resource: arn, in: context)
        guard let table = try transaction.table(reference) else {
            throw Failure.noTable(reference.name)
        }
        guard arn == table.arn || arn == table.description.latestStreamArn else {
            throw Failure.noResource(arn)
        }
    }
}
