import IAMModel
import ServiceKit
import Wire

extension User {
    /// A user as answers have it.
    ///
    /// - Parameter withBoundary: whether the answer tells what bounds the user, which lists do not.
    init(_ user: Entity, tags: [Tag], in context: RequestContext, withBoundary: Bool = true) {
        self.init(
            path: user.path, userName: user.name, userId: user.id,
            arn: user.arn(in: context.partition), createDate: user.created,
            permissionsBoundary: withBoundary
                ? user.boundary.map(AttachedPermissionsBoundary.init(policy:)) : nil,
            tags: tags.isEmpty ? nil : tags)
    }

    /// The account's root, which has no name.
    init(root account: String, in context: RequestContext) {
        self.init(
            path: "/", userName: "", userId: account,
            arn: "arn:\(context.partition):iam::\(account):root", createDate: context.time)
    }
}

extension Group {
    init(_ group: Entity, in context: RequestContext) {
        self.init(
            path: group.path, groupName: group.name, groupId: group.id,
            arn: group.arn(in: context.partition), createDate: group.created)
    }
}

extension InstanceProfile {
    init(_ profile: Entity, roles: [Entity], tags: [Tag], in partition: String) {
        self.init(
            path: profile.path, instanceProfileName: profile.name, instanceProfileId: profile.id,
            arn: profile.arn(in: partition), createDate: profile.created,
            roles: roles.map { Role($0, in: partition) }, tags: tags.isEmpty ? nil : tags)
    }
}

extension Policy {
    /// A policy that nothing uses yet.
    init(_ policy: Entity, in partition: String) {
        self.init(
            policyName: policy.name, policyId: policy.id, arn: policy.arn(in: partition),
            path: policy.path, defaultVersionId: "v\(policy.number)", attachmentCount: 0,
            permissionsBoundaryUsageCount: 0, isAttachable: true, createDate: policy.created,
            updateDate: policy.updated)
    }
}

extension LoginProfile {
    init(_ profile: Entity) {
        self.init(
            userName: profile.name, createDate: profile.created,
            passwordResetRequired: profile.details["reset"]?.booleanValue ?? false)
    }
}
