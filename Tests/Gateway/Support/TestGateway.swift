import Authorization
import Gateway
import HTTPTypes
import Logging
import NIOCore
import Platform
import ServiceKit
import ServiceLifecycle
import Wire

/// A gateway with the test's services behind it.
struct TestGateway: Sendable {
    let clock: any Clock
    let endless = EndlessStream()
    let latch = Latch()
    let gateway: Gateway

    init(
        clock: any Clock = SystemClock(), credentials: [any CredentialSource] = [],
        admin: Administration = Administration(version: "1.2.3"),
        configure: (inout GatewayConfiguration) -> Void = { _ in }
    ) throws {
        self.clock = clock
        var registry = ServiceRegistry()
        registry.operations.register(Echo())
        registry.operations.register(Greet())
        registry.operations.register(Fail())
        registry.operations.register(PutObject())
        registry.operations.register(Old())
        registry.operations.register(New())
        let site = TestSite(endless: endless, latch: latch)
        registry.host(.functionURL, by: site)
        registry.host(.api, by: site)
        for source in credentials { registry.add(source) }
        var configuration = GatewayConfiguration()
        configuration.port = 0
        configure(&configuration)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        gateway = try Gateway(
            configuration: configuration, registry: registry, authorizer: AuthorizationOff(),
            clock: clock, randomness: SeededRandomness(seed: 1), logger: logger, admin: admin)
    }

    /// Serves while `body` runs, on a port of its own.
    func serve(_ body: (Int) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await gateway.run() }
            try await body(try await gateway.boundPort)
            group.cancelAll()
        }
    }

    /// Answers without a socket, and collects the body.
    func respond(to request: WireRequest) async throws -> (WireResponse, String) {
        let response = await gateway.respond(to: request)
        let body = try await response.body.collect(upTo: 1 << 20)
        return (response, String(buffer: body))
    }
}

/// A source that knows these keys.
struct KnownCredentials: CredentialSource {
    let credentials: [Credential]

    func credential(accessKeyID: String, sessionToken: String?) async throws -> Credential? {
        credentials.first { $0.accessKeyID == accessKeyID }
    }
}
