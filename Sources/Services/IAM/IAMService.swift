package import ServiceKit
package import Storage

/// Identity and Access Management: roles and the policies that stand in them.
///
/// IAM has no regions: everything belongs to an account.
package struct IAMService: ApusService {
    /// The history of the schema of IAM's database.
    package static let migrations: [Migration] = Migrations.all

    private let dependencies: ServiceDependencies
    private let roles: RoleStore

    /// Makes the service over its own database.
    package init(_ dependencies: ServiceDependencies, database: any Database) {
        self.dependencies = dependencies
        self.roles = RoleStore(database)
    }

    package func register(with registry: inout ServiceRegistry) {
        registry.operations.register(CreateRole(roles: roles, randomness: dependencies.randomness))
        registry.operations.register(DeleteRole(roles: roles))
        registry.operations.register(DeleteRolePolicy(roles: roles))
        registry.operations.register(GetRole(roles: roles))
        registry.operations.register(GetRolePolicy(roles: roles))
        registry.operations.register(ListAttachedRolePolicies(roles: roles))
        registry.operations.register(ListInstanceProfilesForRole(roles: roles))
        registry.operations.register(ListRolePolicies(roles: roles))
        registry.operations.register(ListRoles(roles: roles))
        registry.operations.register(ListRoleTags(roles: roles))
        registry.operations.register(PutRolePolicy(roles: roles))
        registry.operations.register(TagRole(roles: roles))
        registry.operations.register(UntagRole(roles: roles))
        registry.operations.register(UpdateAssumeRolePolicy(roles: roles))
        registry.operations.register(UpdateRole(roles: roles))
    }

    /// IAM has no work in the background.
    package func run() async throws {}
}
