import IAMModel
import Wire

extension Role {
    /// What every answer says of a role. AWS leaves the rest out of some: each operation adds its own.
    init(_ stored: StoredRole, in partition: String) {
        self.init(
            path: stored.path, roleName: stored.name, roleId: stored.id,
            arn: stored.arn(in: partition), createDate: stored.created,
            assumeRolePolicyDocument: PercentEncoding.encode(stored.trustPolicy))
    }

    /// Adds what `ListRoles` and `GetRole` say.
    mutating func describe(_ stored: StoredRole) {
        description = stored.description
        maxSessionDuration = stored.maxSessionSeconds
    }

    /// Adds what `CreateRole` and `GetRole` say.
    mutating func attach(tags: [Tag], boundary: String?) {
        self.tags = tags.isEmpty ? nil : tags
        permissionsBoundary = boundary.map {
            AttachedPermissionsBoundary(
                permissionsBoundaryType: "Policy", permissionsBoundaryArn: $0)
        }
    }
}
