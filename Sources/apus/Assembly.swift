import APIGatewayV2
import Authorization
import Blobs
import CLI
import CloudWatchLogs
import DynamoDB
import Gateway
import IAM
import Jobs
import KMS
import Lambda
import Logging
import Platform
import S3
import STS
import Sandbox
import SSM
import SandboxLinux
import SecretsManager
import ServiceKit
import ServiceLifecycle
import Storage
import StoragePostgres
import StorageSQLite
import UnixSignals

/// Puts Apus together: the one place that names every service.
struct Assembly {
    let configuration: Configuration
    let logger: Logger
    let clock = SystemClock()
    let randomness = SystemRandomness()
    let access: AccessControl

    init(_ configuration: Configuration) {
        LogOutput.bootstrap(configuration)
        self.configuration = configuration
        self.logger = Logger(label: "apus")
        self.access = AccessControl(configuration)
    }

    /// Serves until a signal says to stop, then drains.
    ///
    /// - Throws: what keeps Apus from starting.
    func run() async throws {
        let data =
            try configuration.isEphemeral
            ? DataDirectory(ephemeral: randomness) : DataDirectory(configuration.dataDirectory)
        defer { data.remove() }
        let engine = storageEngine(in: data)
        let dependencies = ServiceDependencies(
            clock: clock, randomness: randomness, caller: ServiceCaller(), delivery: Delivery(),
            logger: logger,
            rootKey: try RootKeyFile.key(configuration, in: data, randomness: randomness))

        let logSink = LambdaLogSink(dependencies)
        let host = try LinuxFunctionHost(
            .init(
                scratchDirectory: "\(data.path)/sandbox", endpointPort: configuration.port,
                takesNearestRuntime: configuration.isDevelopment,
                warmMiB: configuration.hasWarmPool ? SandboxLimits.warmMiB : 0),
            clock: clock, randomness: randomness, logSink: logSink, logger: logger)
        let services = try await services(
            dependencies, engine: engine, data: data, host: host, logSink: logSink)

        let registry = register(services)
        let authorizer = access.authorizer(registry, clock: clock)
        dependencies.caller.connect(registry.operations, authorizer: authorizer)
        dependencies.delivery.connect(registry.deliveryTargets)

        let gateway = try Gateway(
            configuration: gatewayConfiguration, registry: registry, authorizer: authorizer,
            clock: clock, randomness: randomness, logger: logger,
            admin: administration(engine: engine, services: services))
        // What starts first stops last: the gateway drains while all that it needs is there.
        let work =
            [BackgroundWork("function host") { await host.run() }]
            + services.map { service in
                BackgroundWork("\(type(of: service))") { try await service.run() }
            }
        let group = ServiceGroup(
            configuration: .init(
                services: (work as [any Service] + [gateway, Readiness(gateway, configuration)])
                    .map { .init(service: $0) },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: quietLogger))
        do {
            try await group.run()
        } catch {
            await engine.close()
            throw error
        }
        await engine.close()
    }

    private func storageEngine(in data: DataDirectory) -> any StorageEngine {
        if let url = configuration.databaseURL {
            return PostgresEngine(url: url, randomness: randomness, logger: logger)
        }
        return SQLiteEngine(
            location: configuration.isEphemeral
                ? .memory : .directory("\(data.path)/databases"),
            logger: logger)
    }

    /// Every service, over its own database.
    private func services(
        _ dependencies: ServiceDependencies, engine: any StorageEngine, data: DataDirectory,
        host: LinuxFunctionHost, logSink: LambdaLogSink
    ) async throws -> [any ApusService] {
        let blobs = try await FileBlobStore(
            directory: "\(data.path)/blobs", isDurable: !configuration.isEphemeral, clock: clock,
            randomness: randomness)
        let objects = try await FileBlobStore(
            directory: "\(data.path)/objects", isDurable: !configuration.isEphemeral,
            clock: clock, randomness: randomness)
        let endpoint = "http://127.0.0.1:\(configuration.port)"
        async let iam = engine.database(named: "iam", migrations: IAMService.migrations)
        async let kms = engine.database(named: "kms", migrations: KMSService.migrations)
        async let ssm = engine.database(named: "ssm", migrations: SSMService.migrations)
        async let secrets = engine.database(
            named: "secretsmanager", migrations: SecretsManagerService.migrations)
        async let sts = engine.database(named: "sts", migrations: STSService.migrations)
        async let logs = engine.database(
            named: "logs", migrations: CloudWatchLogsService.migrations)
        async let dynamodb = engine.database(
            named: "dynamodb", migrations: DynamoDBService.migrations)
        async let lambda = engine.database(named: "lambda", migrations: LambdaService.migrations)
        async let apis = engine.database(
            named: "apigatewayv2", migrations: APIGatewayV2Service.migrations)
        async let s3 = engine.database(named: "s3", migrations: S3Service.migrations)
        try await RootKeyCheck.adopt(dependencies.rootKey, in: kms)
        let identities = IAMService(
            dependencies, database: try await iam, ledger: access.ledger)
        return [
            identities,
            KMSService(dependencies, database: try await kms),
            SSMService(dependencies, database: try await ssm),
            SecretsManagerService(dependencies, database: try await secrets),
            STSService(
                dependencies, database: try await sts, multiFactor: identities.multiFactor,
                web: HTTPWebClient(),
                acceptsUnknownRoles: access.mode != .enforce),
            CloudWatchLogsService(dependencies, database: try await logs),
            DynamoDBService(dependencies, database: try await dynamodb),
            LambdaService(
                dependencies, database: try await lambda, blobs: blobs, host: host, logs: logSink,
                codeDirectory: "\(data.path)/code",
                allowsSourceDirectories: configuration.isDevelopment, endpointURL: { endpoint }),
            APIGatewayV2Service(dependencies, database: try await apis),
            S3Service(dependencies, database: try await s3, blobs: objects),
        ]
    }

    private func register(_ services: [any ApusService]) -> ServiceRegistry {
        var registry = ServiceRegistry()
        if let keys = configuration.rootCredentials {
            registry.add(ConfiguredCredentials(keys: keys))
        }
        for service in services { service.register(with: &registry) }
        return registry
    }

    private var gatewayConfiguration: GatewayConfiguration {
        var gateway = GatewayConfiguration()
        gateway.host = configuration.host
        gateway.port = configuration.port
        gateway.baseDomain = configuration.baseDomain
        gateway.region = configuration.region
        gateway.allowedOrigins = configuration.allowedOrigins
        gateway.acceptsUnregisteredKeys = configuration.isDevelopment
        gateway.tls = configuration.tls.map {
            .init(certificatePath: $0.certificatePath, keyPath: $0.keyPath)
        }
        return gateway
    }

    private func administration(
        engine: any StorageEngine, services: [any ApusService]
    ) -> Administration {
        let reset: @Sendable () async throws -> Void = {
            try await engine.reset()
            for service in services { await service.forget() }
        }
        return Administration(
            version: Version.current, reset: configuration.isDevelopment ? reset : nil,
            explain: access.explain(services), advise: access.advise(services),
            allowsClock: configuration.isDevelopment)
    }

    /// The life cycle's own messages matter only when something is wrong.
    private var quietLogger: Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .error)
        return logger
    }
}
