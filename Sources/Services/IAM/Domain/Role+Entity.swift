import IAMModel
import Wire

extension Role {
    /// What every answer says of a role. AWS leaves the rest out of some: each operation adds its own.
    init(_ role: Entity, in partition: String) {
        self.init(
            path: role.path, roleName: role.name, roleId: role.id,
            arn: role.arn(in: partition), createDate: role.created,
            assumeRolePolicyDocument: PercentEncoding.encode(role.document ?? ""))
    }

    /// Adds what `ListRoles` and `GetRole` say.
    mutating func describe(_ role: Entity) {
        description = role.description
        maxSessionDuration = role.number
    }

    /// Adds what `CreateRole` and `GetRole` say.
    mutating func attach(tags: [Tag], boundary: String?) {
        self.tags = tags.isEmpty ? nil : tags
        permissionsBoundary = boundary.map(AttachedPermissionsBoundary.init(policy:))
    }
}

extension AttachedPermissionsBoundary {
    init(policy arn: String) {
        self.init(permissionsBoundaryType: "Policy", permissionsBoundaryArn: arn)
    }
}
