import IAMModel
import Platform
import ServiceKit
import Storage
import Wire

/// Managed policies, their versions, and what they are attached to.
extension IAMStore {
    /// Adds a managed policy with its first version.
    ///
    /// - Throws: `EntityAlreadyExists`, `LimitExceeded`.
    func createPolicy(_ policy: Entity, document: String, tags: [Tag]) async throws {
        try await write { transaction in
            try Self.create(policy, tags: tags, in: transaction)
            try Self.add(
                PolicyRevision(number: 1, document: document, created: policy.created), to: policy,
                in: transaction)
        }
    }

    /// Adds a version to a policy.
    ///
    /// - Throws: `NoSuchEntity`; `LimitExceeded` where there are five.
    func createVersion(
        of arn: PolicyARN, document: String, isDefault: Bool, at time: Instant
    ) async throws -> PolicyRevision {
        try await write { transaction in
            let policy = try Self.policy(arn, in: transaction)
            let versions = try Self.versions(of: policy, in: transaction)
            guard versions.count < IAMLimits.versionsPerPolicy else {
                throw IAMError.limitExceededException(
                    "A managed policy can have up to 5 versions. Before you create a new version, you must "
                        + "delete an existing version.")
            }
            // Numbers are not used again, even those of deleted versions.
            let last = policy.details["last"]?.integerValue ?? 1
            let revision = PolicyRevision(
                number: Int(last) + 1, document: document, created: time)
            try Self.add(revision, to: policy, in: transaction)
            try Self.update(policy.reference, of: policy.account, in: transaction) { policy in
                policy.details["last"] = .integer(Int64(revision.number))
                policy.details["updated"] = .integer(time.milliseconds)
                if isDefault { policy.number = revision.number }
            }
            return revision
        }
    }

    /// Removes a version that is not the default one.
    ///
    /// - Throws: `NoSuchEntity`, `DeleteConflict`.
    func deleteVersion(_ number: Int, of arn: PolicyARN) async throws {
        try await write { transaction in
            let policy = try Self.policy(arn, in: transaction)
            _ = try Self.version(number, of: policy, in: transaction)
            guard number != policy.number else {
                throw IAMError.deleteConflictException(
                    "Cannot delete the default version of a policy.")
            }
            try transaction.execute(
                "DELETE FROM policy_versions WHERE account = ? AND policy = ? AND version = ?",
                policy.account, policy.name, number)
        }
    }

    /// Removes a policy that has one version and is attached to nothing.
    ///
    /// - Throws: `NoSuchEntity`, `DeleteConflict`.
    func deletePolicy(_ arn: PolicyARN) async throws {
        try await write { transaction in
            let policy = try Self.policy(arn, in: transaction)
            guard try Self.attachmentCount(of: arn, in: transaction) == 0,
                try Self.boundaryCount(of: arn, in: transaction) == 0
            else {
                throw IAMError.deleteConflictException(
                    "Cannot delete a policy attached to entities.")
            }
            guard try Self.versions(of: policy, in: transaction).count == 1 else {
                throw IAMError.deleteConflictException(
                    "This policy has more than one version. Before you delete a policy, you must delete the "
                        + "policy's versions. The default version is deleted with the policy.")
            }
            try transaction.execute(
                "DELETE FROM policy_versions WHERE account = ? AND policy = ?", policy.account,
                policy.name)
            try transaction.execute(
                "DELETE FROM tags WHERE account = ? AND kind = 'policy' AND owner = ?",
                policy.account, policy.name)
            try Self.delete(policy.reference, of: policy.account, in: transaction)
        }
    }

    /// The policy with this ARN; those of AWS are always there.
    ///
    /// - Throws: `NoSuchEntity`.
    static func policy(_ arn: PolicyARN, in transaction: any ReadTransaction) throws -> Entity {
        if arn.isAWS {
            guard let policy = AWSManagedPolicy.named(arn.text)?.entity else {
                throw EntityKind.policy.missing(arn.text)
            }
            return policy
        }
        let found = try find(
            EntityReference(.policy, arn.name), of: arn.account, in: transaction)
        guard let found, found.path == arn.path else { throw EntityKind.policy.missing(arn.text) }
        return found
    }

    /// The versions of a policy, the newest first.
    static func versions(
        of policy: Entity, in transaction: any ReadTransaction
    ) throws -> [PolicyRevision] {
        if let managed = AWSManagedPolicy.revision(of: policy) { return [managed] }
        return try transaction.query(
            """
            SELECT version, document, created FROM policy_versions
            WHERE account = ? AND policy = ? ORDER BY version DESC
            """, policy.account, policy.name
        ).map {
            PolicyRevision(number: $0.int(0), document: $0.string(1), created: $0.instant(2))
        }
    }

    /// One version of a policy.
    ///
    /// - Throws: `NoSuchEntity`.
    static func version(
        _ number: Int, of policy: Entity, in transaction: any ReadTransaction
    ) throws -> PolicyRevision {
        let found = try versions(of: policy, in: transaction).first { $0.number == number }
        guard let found else {
            throw IAMError.noSuchEntityException(
                "Policy \(policy.arn(in: "aws")) version v\(number) does not exist or is not attachable."
            )
        }
        return found
    }

    private static func add(
        _ revision: PolicyRevision, to policy: Entity, in transaction: any WriteTransaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO policy_versions (account, policy, version, document, created)
            VALUES (?, ?, ?, ?, ?)
            """, policy.account, policy.name, revision.number, revision.document,
            revision.created)
    }

    // MARK: - Attachments

    /// Attaches a policy to a user, group or role.
    ///
    /// - Throws: `NoSuchEntity`, `LimitExceeded`.
    func attach(
        _ arn: PolicyARN, to owner: EntityReference, of account: String, at time: Instant
    ) async throws {
        try await write { transaction in
            _ = try Self.entity(owner, of: account, in: transaction)
            guard arn.isAWS || arn.account == account,
                (try? Self.policy(arn, in: transaction)) != nil
            else {
                throw IAMError.noSuchEntityException(
                    "Policy \(arn.text) does not exist or is not attachable.")
            }
            try transaction.execute(
                """
                INSERT INTO attachments (account, kind, owner, policy, attached)
                VALUES (?, ?, ?, ?, ?) ON CONFLICT (account, kind, owner, policy) DO NOTHING
                """, account, owner.kind.rawValue, owner.name, arn.text, time)
            let count = try Self.attachments(of: owner, of: account, in: transaction).count
            guard count <= IAMLimits.attachmentsPerEntity else {
                throw IAMLimits.exceeded(
                    "PoliciesPer\(owner.kind.rawValue.capitalizedWords)",
                    IAMLimits.attachmentsPerEntity)
            }
        }
    }

    /// Takes a policy off a user, group or role.
    ///
    /// - Throws: `NoSuchEntity` where it is not attached.
    func detach(_ arn: PolicyARN, from owner: EntityReference, of account: String) async throws {
        try await write { transaction in
            _ = try Self.entity(owner, of: account, in: transaction)
            let removed = try transaction.execute(
                "DELETE FROM attachments WHERE account = ? AND kind = ? AND owner = ? AND policy = ?",
                account, owner.kind.rawValue, owner.name, arn.text)
            guard removed == 1 else { throw EntityKind.policy.missing(arn.text) }
        }
    }

    /// The ARNs of what is attached to an entity, sorted.
    static func attachments(
        of owner: EntityReference, of account: String, in transaction: any ReadTransaction
    ) throws -> [PolicyARN] {
        try transaction.query(
            """
            SELECT policy FROM attachments WHERE account = ? AND kind = ? AND owner = ?
            ORDER BY attached, policy
            """, account, owner.kind.rawValue, owner.name
        ).compactMap { PolicyARN($0.string(0)) }
    }

    /// A page of the policies that are attached to an entity.
    ///
    /// - Throws: `NoSuchEntity`, `ValidationError`.
    func attachedPolicies(
        of owner: EntityReference, of account: String, under prefix: String?, marker: String?,
        count: Int?
    ) async throws -> Page<AttachedPolicy> {
        let (key, count) = (
            try Page<AttachedPolicy>.key(of: marker), count ?? IAMLimits.defaultPageItems
        )
        let arns = try await read { transaction in
            _ = try Self.entity(owner, of: account, in: transaction)
            return try Self.attachments(of: owner, of: account, in: transaction)
        }
        let sorted = arns.filter { $0.path.hasPrefix(prefix ?? "/") }
            .sorted { $0.text < $1.text }.filter { $0.text > key }
        let policies = sorted.prefix(count + 1).map {
            AttachedPolicy(policyName: $0.name, policyArn: $0.text)
        }
        return Page(policies, count: count, key: { $0.policyArn ?? "" })
    }

    /// How many entities of the policy's account a policy is attached to.
    static func attachmentCount(
        of arn: PolicyARN, by account: String? = nil, in transaction: any ReadTransaction
    ) throws -> Int {
        try transaction.first(
            "SELECT COUNT(*) FROM attachments WHERE account = ? AND policy = ?",
            account ?? arn.account, arn.text)?.int(0) ?? 0
    }

    /// How many entities a policy bounds.
    static func boundaryCount(
        of arn: PolicyARN, by account: String? = nil, in transaction: any ReadTransaction
    ) throws -> Int {
        try transaction.first(
            "SELECT COUNT(*) FROM entities WHERE account = ? AND boundary = ?",
            account ?? arn.account, arn.text)?.int(0) ?? 0
    }
}
