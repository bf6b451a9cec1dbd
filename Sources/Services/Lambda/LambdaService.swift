package import Blobs
import Jobs
import LambdaModel
package import Sandbox
package import ServiceKit
package import Storage

/// AWS Lambda: functions, their code and configuration, who may invoke them, and invoking them.
///
///     let logs = LambdaLogSink(dependencies)
///     let host = LinuxFunctionHost(…, logs: logs)
///     let database = try await engine.database(named: "lambda", migrations: LambdaService.migrations)
///     let service = LambdaService(dependencies, database: database, blobs: blobs, host: host, logs: logs, …)
package struct LambdaService: ApusService {
    /// The history of the schema of Lambda's database.
    package static let migrations: [Migration] = Migrations.all

    let dependencies: ServiceDependencies
    let functions: FunctionStore
    let layers: LayerStore
    let code: CodeStore
    let sources: CodeSources
    let roles: FunctionRole
    let deployments: FunctionDeployments
    let invoker: FunctionInvoker
    let provisioned: ProvisionedEnvironments
    let mappings: MappingStore
    let poller: EventSourcePoller
    private let jobs: JobQueue
    let asynchronous: AsynchronousInvoker
    private let logs: LambdaLogSink

    /// Makes the service over its own database.
    ///
    /// - Parameters:
    ///   - blobs: where deployment packages are kept.
    ///   - host: what runs functions; it logs to `logs`.
    ///   - codeDirectory: where packages are unpacked; a cache that is this service's alone.
    ///   - allowsSourceDirectories: whether functions may run from directories of this machine, as the bucket `hot-reload` says.
    ///   - endpointURL: where functions reach Apus, once it listens.
    package init(
        _ dependencies: ServiceDependencies, database: any Database, blobs: any BlobStore,
        host: any FunctionHost, logs: LambdaLogSink, codeDirectory: String,
        allowsSourceDirectories: Bool = false,
        endpointURL: @escaping @Sendable () -> String
    ) {
        let (clock, randomness) = (dependencies.clock, dependencies.randomness)
        self.dependencies = dependencies
        self.logs = logs
        functions = FunctionStore(database: database, randomness: randomness, clock: clock)
        layers = LayerStore(database: database, randomness: randomness)
        sources = CodeSources(
            caller: dependencies.caller, allowsDirectories: allowsSourceDirectories)
        code = CodeStore(
            blobs: blobs, directory: CodeDirectory(codeDirectory, randomness: randomness),
            logger: dependencies.logger)
        roles = FunctionRole(caller: dependencies.caller, randomness: randomness)
        deployments = FunctionDeployments(
            roles: roles, code: code, host: host, clock: clock, randomness: randomness,
            endpointURL: endpointURL)
        let metrics = FunctionMetrics(dependencies.metrics, clock: clock)
        invoker = FunctionInvoker(
            deployments: deployments, host: host, gate: ConcurrencyGate(), metrics: metrics,
            randomness: randomness)
        provisioned = ProvisionedEnvironments(
            functions: functions, deployments: deployments, host: host, dependencies)
        jobs = JobQueue(
            database: database, clock: clock, randomness: randomness, logger: dependencies.logger)
        let deliveries = OwedDeliveries(
            jobs: jobs, delivery: dependencies.delivery, roles: roles, metrics: metrics,
            clock: clock, logger: dependencies.logger)
        deliveries.register()
        asynchronous = AsynchronousInvoker(
            jobs: jobs, database: database, functions: functions, invoker: invoker,
            deliveries: deliveries, metrics: metrics, randomness: randomness, clock: clock,
            logger: dependencies.logger)
        asynchronous.register()
        mappings = MappingStore(database: database)
        poller = EventSourcePoller(
            jobs: jobs, database: database, store: mappings, functions: functions,
            invoker: invoker, roles: roles, deliveries: deliveries, caller: dependencies.caller,
            randomness: randomness, clock: clock, logger: dependencies.logger)
        poller.register()
    }

    package func register(with registry: inout ServiceRegistry) {
        registerFunctions(&registry.operations)
        registerVersions(&registry.operations)
        registerConcurrency(&registry.operations)
        registerLayers(&registry.operations)
        registerCodeSigning(&registry.operations)
        registerEventSources(&registry.operations)
        registerPermissions(&registry.operations)
        registerURLs(&registry.operations)
        registerInvocation(&registry.operations)
        registry.host(
            .functionURL,
            by: FunctionURLSite(functions: functions, invoker: invoker, caller: dependencies.caller)
        )
        registry.host(
            .functionCode, by: FunctionCodeSite(functions: functions, layers: layers, code: code))
        registry.accept(arnsOf: "lambda", by: FunctionDelivery(caller: dependencies.caller))
    }

    package func forget() async {
        functions.forget()
        await provisioned.forget()
        await deployments.retireAll()
    }

    /// Works on asynchronous events and sends logs until the task is cancelled.
    package func run() async throws {
        for package in try await layers.purge() { await code.discard(package) }
        try await code.sweep(
            keeping: functions.codeDigests().union(layers.codeDigests()))
        await withDiscardingTaskGroup { group in
            group.addTask { await jobs.run() }
            group.addTask { await logs.run() }
            group.addTask { await provisioned.run() }
        }
    }
}
