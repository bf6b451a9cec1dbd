package import Logging
import NIOSSL
package import Platform
package import ServiceKit
import ServiceLifecycle
package import Wire

/// The way in: one port that speaks HTTP, and the chain that every request goes through.
package struct Gateway: Service, CustomStringConvertible {
    /// A service group prints its services when it is made; without this, every table would be printed at each start.
    package let description = "gateway"
    private let chain: RequestChain
    private let server: HTTPServer

    /// - Parameters:
    ///   - registry: The services' tables, once all of them have registered.
    ///   - admin: What the endpoints under `/_apus/` do.
    /// - Throws: `NIOSSLError` where the certificate or its key cannot be read.
    package init(
        configuration: GatewayConfiguration, registry: ServiceRegistry,
        authorizer: any Authorizer, clock: any Clock, randomness: any Randomness, logger: Logger,
        admin: Administration
    ) throws {
        let resolver = ServiceResolver(
            services: registry.operations.all.map(\.description), kinds: registry.sites.keys,
            baseDomain: configuration.baseDomain)
        let crossOrigin = CrossOriginPolicy(
            allowedOrigins: configuration.allowedOrigins, baseDomains: resolver.baseDomains)
        let authenticator = Authenticator(
            credentials: CredentialStore(
                sources: registry.credentialSources,
                acceptsUnregisteredKeys: configuration.acceptsUnregisteredKeys),
            clock: clock, skew: configuration.limits.signatureSkew)
        let chain = RequestChain(
            opener: ExchangeOpener(
                clock: clock, randomness: randomness, resolver: resolver,
                baseDomain: configuration.baseDomain, defaultRegion: configuration.region,
                logger: logger),
            crossOrigin: crossOrigin,
            origins: registry.crossOriginRules,
            resolver: resolver,
            admin: AdminRoutes(
                admin, services: registry.operations, clock: clock,
                authenticator: authenticator),
            operations: OperationFinder(router: registry.operations),
            authenticator: authenticator,
            authorizer: authorizer,
            sites: SiteCaller(
                sites: registry.sites, authenticator: authenticator, limits: configuration.limits),
            errors: ErrorRenderer(),
            finisher: ExchangeFinisher(clock: clock, crossOrigin: crossOrigin))
        self.chain = chain
        self.server = HTTPServer(
            host: configuration.host, port: configuration.port,
            tls: try configuration.tls.map { try $0.context() }, limits: configuration.limits,
            logger: logger, boundPort: BoundPort()
        ) { request, peer in
            await chain.respond(to: request, from: peer)
        }
    }

    /// Serves until a graceful shutdown: then it accepts no more connections, and lets the requests under way end within
    /// `GatewayLimits.drainTimeout`.
    ///
    /// - Throws: `IOError` where the port cannot be bound.
    package func run() async throws {
        try await server.run()
    }

    /// The port that is listened on, once it is.
    ///
    /// - Throws: why it is not.
    package var boundPort: Int {
        get async throws { try await server.boundPort.value }
    }

    /// Answers a request without a socket.
    package func respond(to request: WireRequest, from peer: Peer = Peer()) async -> WireResponse {
        await chain.respond(to: request, from: peer)
    }
}

extension GatewayConfiguration.TLS {
    fileprivate func context() throws -> NIOSSLContext {
        let certificates = try NIOSSLCertificate.fromPEMFile(certificatePath)
        let key = try NIOSSLPrivateKey(file: keyPath, format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["h2", "http/1.1"]
        return try NIOSSLContext(configuration: configuration)
    }
}
