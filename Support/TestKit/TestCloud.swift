package import Logging
package import Platform
package import ServiceKit
package import Storage
import StorageSQLite
package import Wire

/// Apus in a test's process: real services over a real engine in memory, a simulated clock, seeded randomness, no sockets.
///
///     let cloud = TestCloud()
///     let database = try await cloud.database("iam", migrations: IAMService.migrations)
///     cloud.assemble([IAMService(cloud.dependencies, database: database)])
///     let answer = try await cloud.call(IAMAPI.getRole, GetRoleRequest(roleName: "r"))
package final class TestCloud: Sendable {
    /// The account that calls are made in unless a test says otherwise.
    package static let account = "123456789012"

    package let clock = SimulatedClock()
    package let randomness = SeededRandomness(seed: 1)
    package let dependencies: ServiceDependencies
    package let engine: any StorageEngine
    package let logger: Logger

    /// - Parameter faults: what goes wrong with the storage.
    package init(faults: Faults? = nil) {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        self.logger = logger
        let engine = SQLiteEngine(location: .memory, logger: logger)
        self.engine = faults.map { FaultyStorage(engine, faults: $0) } ?? engine
        self.dependencies = ServiceDependencies(
            clock: clock, randomness: randomness, caller: ServiceCaller(), delivery: Delivery(),
            logger: logger, rootKey: RootKey([UInt8](repeating: 7, count: RootKey.byteCount)))
    }

    /// Opens a service's database.
    package func database(
        _ name: String, migrations: [Migration]
    ) async throws -> any Database {
        try await engine.database(named: name, migrations: migrations)
    }

    /// Registers `services` and lets them call each other and be called.
    ///
    /// - Returns: the tables, for what a test wants to reach past operations (sites, credentials).
    @discardableResult
    package func assemble(
        _ services: [any ApusService], authorizer: any Authorizer = AllowAll()
    ) -> ServiceRegistry {
        var registry = ServiceRegistry()
        for service in services { service.register(with: &registry) }
        dependencies.caller.connect(registry.operations, authorizer: authorizer)
        dependencies.delivery.connect(registry.deliveryTargets)
        return registry
    }

    /// The context of a request that `principal` makes now.
    package func context(
        account: String = TestCloud.account, region: String = "us-east-1",
        as principal: Principal? = nil
    ) -> RequestContext {
        RequestContext(
            account: account, region: region, principal: principal ?? .root(account: account),
            requestID: randomness.uuid(),
            traceHeader: "Root=1-69569200-000000000000000000000001", time: clock.now,
            origin: Origin(scheme: "http", host: "localhost", port: 4566, baseDomain: "localhost"),
            sourceIP: "127.0.0.1", userAgent: "TestKit", logger: logger)
    }

    /// Calls `operation` as a client does whose input has passed the model's constraints.
    package func call<Input: Structure, Output: Structure>(
        _ operation: Operation<Input, Output>, _ input: Input, in context: RequestContext? = nil
    ) async throws -> Output {
        try await dependencies.caller.call(operation, input, in: context ?? self.context())
    }
}

/// Allows everything: for tests of what is behind authorization.
package struct AllowAll: Authorizer {
    package init() {}

    package func authorize(_ requests: [AccessRequest], in context: RequestContext) async throws {}
}
