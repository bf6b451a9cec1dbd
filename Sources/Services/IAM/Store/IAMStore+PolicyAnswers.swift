import IAMModel
import ServiceKit
import Storage
import Wire

/// Which managed policies a list is of.
struct PolicyFilter: Sendable {
    /// `All`, `AWS` or `Local`.
    var scope: String
    var isAttachedOnly: Bool
    var prefix: String
    /// `PermissionsPolicy` or `PermissionsBoundary`.
    var usage: String?
}

/// Managed policies as answers have them.
extension IAMStore {
    /// Everything about a policy but its text.
    ///
    /// - Throws: `NoSuchEntity`.
    func policyAnswer(_ arn: PolicyARN, in context: RequestContext) async throws -> Policy {
        try await read { transaction in
            let policy = try Self.policy(arn, in: transaction)
            var answer = try Self.answer(policy, of: context, in: transaction)
            answer.description = policy.description
            answer.tags = try Self.tags(
                of: policy.reference, of: policy.account, in: transaction)
            return answer
        }
    }

    /// The policies that a filter lets through, by ARN.
    func policies(_ filter: PolicyFilter, in context: RequestContext) async throws -> [Policy] {
        try await read { transaction in
            var policies: [Entity] = []
            if filter.scope != "Local" { policies += AWSManagedPolicy.sorted }
            if filter.scope != "AWS" {
                policies += try Self.entities(.policy, of: context.account, in: transaction)
            }
            return try policies.filter { $0.path.hasPrefix(filter.prefix) }
                .map { try Self.answer($0, of: context, in: transaction) }
                .filter { policy in
                    let attached = policy.attachmentCount ?? 0
                    let bounding = policy.permissionsBoundaryUsageCount ?? 0
                    switch filter.usage {
                    case "PermissionsPolicy": return attached > 0
                    case "PermissionsBoundary": return bounding > 0
                    default: return !filter.isAttachedOnly || attached > 0
                    }
                }
                .sorted { $0.arn ?? "" < $1.arn ?? "" }
        }
    }

    private static func answer(
        _ policy: Entity, of context: RequestContext, in transaction: any ReadTransaction
    ) throws -> Policy {
        var answer = Policy(policy, in: context.partition)
        guard let arn = answer.arn.flatMap(PolicyARN.init) else { return answer }
        answer.attachmentCount = try attachmentCount(
            of: arn, by: context.account, in: transaction)
        answer.permissionsBoundaryUsageCount = try boundaryCount(
            of: arn, by: context.account, in: transaction)
        return answer
    }

    /// The users, groups and roles that a policy is attached to, or bounds.
    ///
    /// - Throws: `NoSuchEntity`.
    func entities(
        using arn: PolicyARN, as usage: String?, of account: String, under prefix: String
    ) async throws -> [Entity] {
        try await read { transaction in
            _ = try Self.policy(arn, in: transaction)
            let rows =
                usage == "PermissionsBoundary"
                ? try transaction.query(
                    "SELECT kind, name FROM entities WHERE account = ? AND boundary = ?", account,
                    arn.text)
                : try transaction.query(
                    "SELECT kind, owner FROM attachments WHERE account = ? AND policy = ?",
                    account, arn.text)
            let references = rows.compactMap { row in
                EntityKind(rawValue: row.string(0)).map { EntityReference($0, row.string(1)) }
            }
            return try references.compactMap { try Self.find($0, of: account, in: transaction) }
                .filter { $0.path.hasPrefix(prefix) }.sorted { $0.name < $1.name }
        }
    }
}
