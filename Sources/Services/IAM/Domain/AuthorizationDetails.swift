import IAMModel
import Storage
import Wire

/// Every user, group, role and policy of an account with all that belongs to them.
struct AuthorizationDetails: Sendable {
    /// One of them, and what it is sorted by.
    private enum Item: Sendable {
        case user(UserDetail)
        case group(GroupDetail)
        case role(RoleDetail)
        case policy(ManagedPolicyDetail)
    }

    private var items: [(kind: String, key: String, item: Item)] = []

    /// Reads all of it.
    init(
        of account: String, _ partition: String, in transaction: any ReadTransaction
    ) throws {
        let reader = DetailReader(account: account, partition: partition, transaction: transaction)
        for user in try IAMStore.entities(.user, of: account, in: transaction) {
            items.append(("User", "1\(user.name)", .user(try reader.detail(user: user))))
        }
        for group in try IAMStore.entities(.group, of: account, in: transaction) {
            items.append(("Group", "2\(group.name)", .group(try reader.detail(group: group))))
        }
        for role in try IAMStore.entities(.role, of: account, in: transaction) {
            items.append(("Role", "3\(role.name)", .role(try reader.detail(role: role))))
        }
        for policy in try IAMStore.entities(.policy, of: account, in: transaction) {
            let detail = try reader.detail(policy: policy)
            items.append(("LocalManagedPolicy", "4\(policy.name)", .policy(detail)))
        }
        // Of AWS's policies those that are used.
        for policy in AWSManagedPolicy.sorted {
            let detail = try reader.detail(policy: policy)
            guard detail.attachmentCount ?? 0 > 0 else { continue }
            items.append(("AWSManagedPolicy", "5\(policy.name)", .policy(detail)))
        }
    }

    /// A page of it.
    ///
    /// - Throws: `ValidationError`.
    func page(
        filter: [String]?, marker: String?, count: Int?
    ) throws -> GetAccountAuthorizationDetailsResponse {
        let wanted = items.filter { filter?.isEmpty ?? true || filter?.contains($0.kind) == true }
        let page = try Page(all: wanted, marker: marker, count: count, key: \.key)
        var answer = GetAccountAuthorizationDetailsResponse(
            userDetailList: [], groupDetailList: [], roleDetailList: [], policies: [],
            isTruncated: page.isTruncated, marker: page.marker)
        for entry in page.items {
            switch entry.item {
            case .user(let detail): answer.userDetailList?.append(detail)
            case .group(let detail): answer.groupDetailList?.append(detail)
            case .role(let detail): answer.roleDetailList?.append(detail)
            case .policy(let detail): answer.policies?.append(detail)
            }
        }
        return answer
    }
}

/// Reads what belongs to one entity.
private struct DetailReader {
    let account: String
    let partition: String
    let transaction: any ReadTransaction

    func detail(user: Entity) throws -> UserDetail {
        UserDetail(
            path: user.path, userName: user.name, userId: user.id, arn: user.arn(in: partition),
            createDate: user.created, userPolicyList: try inline(user),
            groupList: try IAMStore.containers(
                of: user.name, .group, of: account, in: transaction),
            attachedManagedPolicies: try attached(user), permissionsBoundary: boundary(user),
            tags: try tags(user))
    }

    func detail(group: Entity) throws -> GroupDetail {
        GroupDetail(
            path: group.path, groupName: group.name, groupId: group.id,
            arn: group.arn(in: partition), createDate: group.created,
            groupPolicyList: try inline(group), attachedManagedPolicies: try attached(group))
    }

    func detail(role: Entity) throws -> RoleDetail {
        let profiles = try IAMStore.containers(
            of: role.name, .instanceProfile, of: account, in: transaction
        ).compactMap { try IAMStore.find(.instanceProfile($0), of: account, in: transaction) }
        return RoleDetail(
            path: role.path, roleName: role.name, roleId: role.id, arn: role.arn(in: partition),
            createDate: role.created,
            assumeRolePolicyDocument: PercentEncoding.encode(role.document ?? ""),
            instanceProfileList: profiles.map {
                InstanceProfile($0, roles: [role], tags: [], in: partition)
            },
            rolePolicyList: try inline(role), attachedManagedPolicies: try attached(role),
            permissionsBoundary: boundary(role), tags: try tags(role),
            roleLastUsed: RoleLastUsed())
    }

    func detail(policy: Entity) throws -> ManagedPolicyDetail {
        let arn = policy.arn(in: partition)
        let versions = try IAMStore.versions(of: policy, in: transaction)
        let parsed = PolicyARN(arn)
        return ManagedPolicyDetail(
            policyName: policy.name, policyId: policy.id, arn: arn, path: policy.path,
            defaultVersionId: "v\(policy.number)",
            attachmentCount: try parsed.map {
                try IAMStore.attachmentCount(of: $0, by: account, in: transaction)
            },
            permissionsBoundaryUsageCount: try parsed.map {
                try IAMStore.boundaryCount(of: $0, by: account, in: transaction)
            },
            isAttachable: true, description: policy.description, createDate: policy.created,
            updateDate: policy.updated,
            policyVersionList: versions.map {
                $0.answer(default: policy.number, withDocument: true)
            })
    }

    private func inline(_ entity: Entity) throws -> [PolicyDetail] {
        try IAMStore.inlinePolicies(in: entity.reference, of: account, in: transaction).map {
            PolicyDetail(policyName: $0.name, policyDocument: PercentEncoding.encode($0.document))
        }
    }

    private func attached(_ entity: Entity) throws -> [AttachedPolicy] {
        try IAMStore.attachments(of: entity.reference, of: account, in: transaction).map {
            AttachedPolicy(policyName: $0.name, policyArn: $0.text)
        }
    }

    private func tags(_ entity: Entity) throws -> [Tag] {
        try IAMStore.tags(of: entity.reference, of: account, in: transaction)
    }

    private func boundary(_ entity: Entity) -> AttachedPermissionsBoundary? {
        entity.boundary.map(AttachedPermissionsBoundary.init(policy:))
    }
}
