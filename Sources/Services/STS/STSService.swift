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
    private let messages: EncodedMessages
    private let multiFactor: MultiFactor
    private let verifier: WebIdentityVerifier
    private let acceptsUnknownRoles: Bool

    /// Makes the service over its own database.
    ///
    /// - Parameters:
    ///   - multiFactor: who checks one-time codes; without it none is right.
    ///   - web: fetches the keys of identity providers; without it no token is accepted.
    ///   - acceptsUnknownRoles: whether a role that does not exist can be assumed. Templates often name made-up roles, so it
    ///     is refused only where IAM is enforced.
    package init(
        _ dependencies: ServiceDependencies, database: any Database,
        multiFactor: (any MultiFactorVerifier)? = nil, web: (any WebClient)? = nil,
        acceptsUnknownRoles: Bool = true
    ) {
        self.dependencies = dependencies
        let seals = SealStore(
            database, rootKey: dependencies.rootKey, randomness: dependencies.randomness)
        self.issuer = SessionIssuer(seals: seals, randomness: dependencies.randomness)
        self.messages = EncodedMessages(seals: seals, randomness: dependencies.randomness)
        self.multiFactor = MultiFactor(verifier: multiFactor)
        self.verifier = WebIdentityVerifier(
            keys: WebKeyStore(web: web, clock: dependencies.clock), caller: dependencies.caller)
        self.roles = RoleDirectory(caller: dependencies.caller)
        self.acceptsUnknownRoles = acceptsUnknownRoles
    }

    package func register(with registry: inout ServiceRegistry) {
        registry.operations.register(
            AssumeRole(
                roles: roles, issuer: issuer, multiFactor: multiFactor,
                acceptsUnknownRoles: acceptsUnknownRoles))
        registry.operations.register(
            AssumeRoleWithSAML(roles: roles, issuer: issuer, caller: dependencies.caller))
        registry.operations.register(
            AssumeRoleWithWebIdentity(roles: roles, issuer: issuer, verifier: verifier))
        registry.operations.register(DecodeAuthorizationMessage(messages: messages))
        registry.operations.register(GetFederationToken(issuer: issuer))
        registry.operations.register(GetAccessKeyInfo())
        registry.operations.register(GetCallerIdentity())
        registry.operations.register(GetSessionToken(issuer: issuer, multiFactor: multiFactor))
        registry.authorizationMessages = messages
        registry.add(SessionCredentials(issuer: issuer, clock: dependencies.clock))
    }

    /// STS has no work in the background.
    package func run() async throws {}
}
