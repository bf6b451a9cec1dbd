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

    private let dependencies: ServiceDependencies
    private let functions: FunctionStore
    private let code: CodeStore
    private let roles: FunctionRole
    private let deployments: FunctionDeployments
    private let invoker: FunctionInvoker
    private let jobs: JobQueue
    private let asynchronous: AsynchronousInvoker
    private let logs: LambdaLogSink

    /// Makes the service over its own database.
    ///
    /// - Parameters:
    ///   - blobs: where deployment packages are kept.
    ///   - host: what runs functions; it logs to `logs`.
    ///   - codeDirectory: where packages are unpacked; a cache that is this service's alone.
    ///   - endpointURL: where functions reach Apus, once it listens.
    package init(
        _ dependencies: ServiceDependencies, database: any Database, blobs: any BlobStore,
        host: any FunctionHost, logs: LambdaLogSink, codeDirectory: String,
        endpointURL: @escaping @Sendable () -> String
    ) {
        let (clock, randomness) = (dependencies.clock, dependencies.randomness)
        self.dependencies = dependencies
        self.logs = logs
        functions = FunctionStore(database: database, randomness: randomness, clock: clock)
        code = CodeStore(
            blobs: blobs, directory: CodeDirectory(codeDirectory, randomness: randomness),
            logger: dependencies.logger)
        roles = FunctionRole(caller: dependencies.caller, randomness: randomness)
        deployments = FunctionDeployments(
            roles: roles, code: code, host: host, clock: clock, randomness: randomness,
            endpointURL: endpointURL)
        invoker = FunctionInvoker(deployments: deployments, host: host, gate: ConcurrencyGate())
        jobs = JobQueue(
            database: database, clock: clock, randomness: randomness, logger: dependencies.logger)
        asynchronous = AsynchronousInvoker(
            jobs: jobs, database: database, functions: functions, invoker: invoker, clock: clock,
            logger: dependencies.logger)
        asynchronous.register()
    }

    package func register(with registry: inout ServiceRegistry) {
        registerFunctions(&registry.operations)
        registerPermissions(&registry.operations)
        registerURLs(&registry.operations)
        registry.operations.register(
            Invoke(functions: functions, invoker: invoker, asynchronous: asynchronous))
        registry.operations.register(
            InvokeWithResponseStream(functions: functions, invoker: invoker))
        registry.host(
            .functionURL,
            by: FunctionURLSite(functions: functions, invoker: invoker, caller: dependencies.caller)
        )
        registry.host(.functionCode, by: FunctionCodeSite(functions: functions, code: code))
        registry.accept(arnsOf: "lambda", by: FunctionDelivery(caller: dependencies.caller))
    }

    private func registerFunctions(_ operations: inout OperationRouter) {
        let randomness = dependencies.randomness
        operations.register(
            CreateFunction(functions: functions, code: code, roles: roles, randomness: randomness))
        operations.register(
            DeleteFunction(functions: functions, code: code, deployments: deployments))
        operations.register(GetAccountSettings(functions: functions))
        operations.register(GetFunction(functions: functions))
        operations.register(GetFunctionConfiguration(functions: functions))
        operations.register(ListFunctions(functions: functions))
        operations.register(ListTags(functions: functions))
        operations.register(TagResource(functions: functions))
        operations.register(UntagResource(functions: functions))
        operations.register(
            UpdateFunctionCode(functions: functions, code: code, deployments: deployments))
        operations.register(
            UpdateFunctionConfiguration(
                functions: functions, roles: roles, deployments: deployments))
    }

    private func registerPermissions(_ operations: inout OperationRouter) {
        operations.register(AddPermission(functions: functions))
        operations.register(GetPolicy(functions: functions))
        operations.register(RemovePermission(functions: functions))
    }

    private func registerURLs(_ operations: inout OperationRouter) {
        operations.register(
            CreateFunctionUrlConfig(functions: functions, randomness: dependencies.randomness))
        operations.register(DeleteFunctionUrlConfig(functions: functions))
        operations.register(GetFunctionUrlConfig(functions: functions))
        operations.register(ListFunctionUrlConfigs(functions: functions))
        operations.register(UpdateFunctionUrlConfig(functions: functions))
    }

    package func forget() async {
        functions.forget()
        await deployments.retireAll()
    }

    /// Works on asynchronous events and sends logs until the task is cancelled.
    package func run() async throws {
        try await code.sweep(keeping: functions.codeDigests())
        await withDiscardingTaskGroup { group in
            group.addTask { await jobs.run() }
            group.addTask { await logs.run() }
        }
    }
}
