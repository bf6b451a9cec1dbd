import DynamoDBModel
import DynamoDBValues
import Platform
import ServiceKit
import Wire

/// The policies of tables and streams.
struct PolicyStore: Sendable {
    let tables: TableStore

    private static let notFound = "Resource-based policy not found for the provided ResourceArn: "

    /// The policy of a resource.
    ///
    /// - Throws: `ResourceNotFoundException`; `PolicyNotFoundException`.
    func policy(of arn: String) async throws -> TableSettings.Policy {
        let resource = try self.resource(arn)
        guard let table = try await tables.load(resource.table) else {
            throw Failure.noTable(resource.table.name)
        }
        guard let found = table.settings.policies[resource.kind] else {
            throw DynamoDBError.policyNotFoundException(Self.notFound + arn)
        }
        return found
    }

    /// Sets a resource's policy; answers its revision.
    ///
    /// - Throws: `ResourceNotFoundException`; `PolicyNotFoundException` where the revision is not the one that is expected.
    func put(_ policy: String, of arn: String, expecting expected: String?) async throws -> String {
        let now = tables.clock.now
        let table = try await change(arn, expecting: expected) { old in
            if let old, old.text == policy { return old }
            // Two revisions within a millisecond are two nevertheless.
            let number = max(now.milliseconds, (old.flatMap { Int64($0.revision) } ?? 0) + 1)
            return TableSettings.Policy(
                text: policy,
                revision: ResourcePolicyRules.revision(Instant(milliseconds: number)))
        }
        return table.settings.policies[try resource(arn).kind]?.revision ?? ""
    }

    /// Removes a resource's policy; answers the revision that it had, `nil` where there was none.
    ///
    /// - Throws: `ResourceNotFoundException`; `PolicyNotFoundException` where the revision is not the one that is expected.
    func delete(_ arn: String, expecting expected: String?) async throws -> String? {
        let resource = try self.resource(arn)
        let old = try await tables.load(resource.table)?.settings.policies[resource.kind]
        _ = try await change(arn, expecting: expected) { _ in nil }
        return old?.revision
    }

    private func change(
        _ arn: String, expecting expected: String?,
        _ body: @escaping @Sendable (TableSettings.Policy?) -> TableSettings.Policy?
    ) async throws -> Table {
        let resource = try self.resource(arn)
        return try await tables.change(resource.table) { _, _, settings, _ in
            let old = settings.policies[resource.kind]
            try Self.check(expected, against: old?.revision, of: arn)
            settings.policies[resource.kind] = body(old)
        }
    }

    private func resource(_ arn: String) throws -> PolicyResource {
        guard let resource = PolicyResource(arn) else {
            throw AWSError.validation("Invalid ResourceArn: \(arn)")
        }
        return resource
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
        PolicyResource(arn)?.table.name ?? arn
    }
}

/// What a policy is of: a table, or the stream of one.
struct PolicyResource: Sendable {
    let table: TableReference
    /// `table` or `stream`.
    let kind: String

    /// Reads an ARN; `nil` where it is of something else.
    init?(_ text: String) {
        guard let arn = ARN(text), arn.service == "dynamodb",
            let name = TableReference.name(ofResource: arn.resource)
        else { return nil }
        let scope = TableScope(
            account: arn.account, region: arn.region, partition: arn.partition)
        table = TableReference(scope: scope, name: name)
        kind = arn.resource.contains("/stream/") ? "stream" : "table"
    }
}
