package import ServiceKit
package import Storage

/// The Security Token Service: who one is, and credentials that end.
///
/// Temporary credentials are kept nowhere: the session token carries everything about its session, sealed under a key
/// that only Apus has.
package struct STSService: ApusService {
    /// The history of the schema of STS's database.
    package static let migrations: [Migration] = Migrations.all

    private let dependencies: ServiceDependencies
    private let issuer: SessionIssuer
    private let roles: RoleDirectory
    private let acceptsUnknownRoles: Bool

    /// Makes the service over its own database.
    ///
    /// - Parameter acceptsUnknownRoles: whether a role that does not exist can be assumed. Templates often name made-up
    ///   roles, so it is refused only where IAM is enforced.
    package init(
        _ dependencies: ServiceDependencies, database: any Database,
        acceptsUnknownRoles: Bool = true
    ) {
        self.dependencies = dependencies
        self.issuer = SessionIssuer(
            seals: SealStore(database, randomness: dependencies.randomness),
            randomness: dependencies.randomness)
        self.roles = RoleDirectory(caller: dependencies.caller)
        self.acceptsUnknownRoles = acceptsUnknownRoles
    }

    package func register(with registry: inout ServiceRegistry) {
        registry.operations.register(
            AssumeRole(roles: roles, issuer: issuer, acceptsUnknownRoles: acceptsUnknownRoles))
        registry.operations.register(GetAccessKeyInfo())
        registry.operations.register(GetCallerIdentity())
        registry.operations.register(GetSessionToken(issuer: issuer))
        registry.add(SessionCredentials(issuer: issuer, clock: dependencies.clock))
    }

    /// STS has no work in the background.
    package func run() async throws {}
}
