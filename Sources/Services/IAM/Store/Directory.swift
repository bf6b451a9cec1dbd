import IAMModel
import ServiceKit
import Storage

/// IAM as the authorizer asks it.
struct Directory: IdentityDirectory {
    let store: IAMStore

    var revision: Int { store.revision }

    func identity(of principal: Principal) async throws -> IdentityRecord? {
        switch principal {
        case .user(let account, _, let name, let id):
            return try await record(of: .user(name), id: id, of: account)
        case .assumedRole(let account, let role, let id, _):
            return try await record(of: .role(role), id: id, of: account)
        case .root, .federatedUser, .federated, .service, .anonymous: return nil
        }
    }

    func managedPolicy(_ arn: String) async throws -> PolicyRecord? {
        guard let arn = PolicyARN(arn) else { return nil }
        return try await store.read { transaction in
            try Self.document(of: arn, in: transaction)
        }
    }

    /// The record of what has this name and, where one is known, this identifier: a session of a role that was deleted and
    /// made anew has nothing of the new one.
    private func record(
        of reference: EntityReference, id: String, of account: String
    ) async throws -> IdentityRecord? {
        try await store.read { transaction in
            guard let entity = try IAMStore.find(reference, of: account, in: transaction),
                entity.id == id || !id.hasPrefix(reference.kind.idPrefix)
            else { return nil }
            let tags = try IAMStore.tags(of: reference, of: account, in: transaction)
            var record = IdentityRecord(
                arn: entity.arn(in: "aws"), boundary: entity.boundary,
                tags: Dictionary(tags.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 }))
            record.policies = try Self.policies(of: entity, in: transaction)
            return record
        }
    }

    /// The policies that stand in an entity, and those that are attached to it.
    static func policies(
        of reference: EntityReference, of account: String, in transaction: any ReadTransaction
    ) throws -> [PolicyRecord] {
        let inline = try IAMStore.inlinePolicies(in: reference, of: account, in: transaction)
        let attached = try IAMStore.attachments(of: reference, of: account, in: transaction)
        return inline.map { PolicyRecord(name: $0.name, document: $0.document) }
            + (try attached.compactMap { try document(of: $0, in: transaction) })
    }

    private static func document(
        of arn: PolicyARN, in transaction: any ReadTransaction
    ) throws -> PolicyRecord? {
        guard let policy = try? IAMStore.policy(arn, in: transaction) else { return nil }
        let version = try IAMStore.version(policy.number, of: policy, in: transaction)
        return PolicyRecord(name: arn.text, document: version.document)
    }
}

extension Directory {
    /// The policies of an entity, those of a user's groups among them.
    static func policies(
        of entity: Entity, in transaction: any ReadTransaction
    ) throws -> [PolicyRecord] {
        var records = try policies(of: entity.reference, of: entity.account, in: transaction)
        guard entity.kind == .user else { return records }
        let groups = try IAMStore.containers(
            of: entity.name, .group, of: entity.account, in: transaction)
        for group in groups {
            records += try policies(of: .group(group), of: entity.account, in: transaction)
        }
        return records
    }
}
