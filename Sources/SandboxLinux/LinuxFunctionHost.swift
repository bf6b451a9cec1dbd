import Dispatch
package import Logging
import NIOCore
import NIOPosix
package import Platform
package import Sandbox
import Synchronization

/// Runs functions in Linux namespaces, without a container engine and without root.
package final class LinuxFunctionHost: FunctionHost {
    /// What a host can be told.
    package struct Configuration: Sendable {
        /// A directory for the host's own files; made when it is not there.
        package var scratchDirectory: String
        /// Apus's own port on loopback, the only one that functions reach.
        package var endpointPort: Int
        /// Whether the nearest version of a language serves where the one that is asked for is missing.
        /// Functions' logs say so.
        package var takesNearestRuntime: Bool
        /// How many environments there may be at most.
        package var environmentLimit: Int
        /// Whether control groups are used where they can be; without them, plain resource limits serve.
        package var usesControlGroups: Bool
        /// What sandboxes that wait for a function may use together, in MiB; 0 for none.
        package var warmMiB: Int

        package init(
            scratchDirectory: String, endpointPort: Int, takesNearestRuntime: Bool = false,
            environmentLimit: Int = SandboxLimits.environments, usesControlGroups: Bool = true,
            warmMiB: Int = SandboxLimits.warmMiB
        ) {
            self.scratchDirectory = scratchDirectory
            self.endpointPort = endpointPort
            self.takesNearestRuntime = takesNearestRuntime
            self.environmentLimit = environmentLimit
            self.usesControlGroups = usesControlGroups
            self.warmMiB = warmMiB
        }
    }

    struct State {
        var pool: EnvironmentPool
        var environments: [EnvironmentPool.EnvironmentID: LinuxEnvironment] = [:]
        /// The events that wait until an environment may start.
        var waiters: [EnvironmentPool.WaiterID: CheckedContinuation<Acquisition, any Error>] = [:]
        /// What events get whose turn came before they waited.
        var turns: [EnvironmentPool.WaiterID: Result<Acquisition, any Error>] = [:]
        var warm: WarmPool
        var sandboxes: [WarmPool.SandboxID: WaitingSandbox] = [:]
        var isFilling = false
        var isStopping = false
        /// Resumed when the last environment has ended.
        var stopped: CheckedContinuation<Void, Never>?
    }

    let resources: SandboxResources
    let catalog: RuntimeCatalog
    let state: Mutex<State>
    let loops: any EventLoopGroup

    /// Makes the host and forks its launcher, which is cheapest while the process is small. Blocks for a
    /// few milliseconds.
    ///
    /// - Throws: an error for the operator when this machine cannot run sandboxes.
    package init(
        _ configuration: Configuration, clock: any Clock, randomness: any Randomness,
        logSink: any FunctionLogSink, logger: Logger
    ) throws {
        let root = "\(configuration.scratchDirectory)/root"
        let bootstraps = "\(configuration.scratchDirectory)/runtimes"
        try SystemCalls.makeDirectories(root)
        for file in EmbeddedRuntimes.files {
            let path = "\(bootstraps)/\(file.path)"
            try SystemCalls.makeDirectories(String(path[..<path.lastIndex(of: "/")!]))
            try SystemCalls.create(path, text: file.text)
        }
        let groups = configuration.usesControlGroups ? ControlGroups.find() : .unavailable
        if case .unavailable = groups {
            logger.warning("no control groups: a function's memory is limited process by process")
        }
        loops = MultiThreadedEventLoopGroup.singleton
        catalog = RuntimeCatalog(
            bootstraps: bootstraps, takesNearest: configuration.takesNearestRuntime)
        resources = SandboxResources(
            launcher: try SandboxLauncher(logger: logger), groups: groups,
            fileSystem: RootFileSystem(mountPoint: root), clock: clock, randomness: randomness,
            logSink: logSink, logger: logger, queue: DispatchQueue(label: "apus.sandbox"),
            endpointPort: configuration.endpointPort)
        state = Mutex(
            State(
                pool: EnvironmentPool(limit: configuration.environmentLimit),
                warm: WarmPool(budgetMiB: configuration.warmMiB)))
    }

    package var availableRuntimes: Set<String> { catalog.identifiers }

    package func invoke(_ invocation: Invocation, of deployment: FunctionDeployment) async throws
        -> InvocationResult
    {
        while true {
            let (id, environment, start) = try await acquire(for: deployment)
            let outcome = await environment.invoke(invocation, starting: start)
            environment.whenSettled { self.release(id, environment) }
            switch outcome {
            case .result(let result): return result
            case .failed(let reason): throw FunctionHostError.sandboxFailed(reason)
            case .gone: continue
            }
        }
    }

    package func retire(deploymentID: String) async {
        let environments = state.withLock { state in
            state.pool.retire(deploymentID: deploymentID).compactMap { state.environments[$0] }
        }
        for environment in environments { environment.retire() }
    }

    package func keepWarm(_ count: Int, of deployment: FunctionDeployment) async throws {
        guard catalog.program(for: deployment.runtime) != nil else {
            throw FunctionHostError.runtimeUnavailable(deployment.runtime)
        }
        let missing = state.withLock { $0.pool.keep(count, deploymentID: deployment.id) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<missing {
                group.addTask { try await self.prepare(deployment) }
            }
            try await group.waitForAll()
        }
    }

    private func prepare(_ deployment: FunctionDeployment) async throws {
        let acquisition = try state.withLock { state in
            if state.isStopping { throw FunctionHostError.sandboxFailed("the server stops") }
            return try state.take(state.pool.start(deploymentID: deployment.id))
        }
        let (id, environment, start) = try await make(acquisition, deployment, on: loops.next())
        guard let start else { preconditionFailure("what is new has to be started") }
        let failure = await environment.prepare(start)
        release(id, environment)
        if let failure { throw failure }
    }

    /// Ends environments that have been idle for long, until the task is cancelled; then ends all.
    package func run() async {
        while (try? await resources.clock.sleep(for: .seconds(30))) != nil {
            let idleTime =
                HostMemory.isScarce ? SandboxLimits.idleTimeWhenScarce : SandboxLimits.idleTime
            let environments = state.withLock { state in
                state.pool.reclaim(idleSince: resources.clock.now - idleTime)
                    .compactMap { state.environments[$0] }
            }
            for environment in environments { environment.retire() }
            shrinkWarmPool()
        }
        await stop()
    }

    /// Kills every environment and returns when nothing of them is left. No event is taken any more.
    package func stop() async {
        let (environments, sandboxes, waiters) = state.withLock { state in
            state.isStopping = true
            _ = state.warm.empty()
            let waiters = state.pool.takeWaiters().compactMap {
                state.waiters.removeValue(forKey: $0)
            }
            return (
                Array(state.environments.values), Array(state.sandboxes.values), waiters
            )
        }
        for waiter in waiters {
            waiter.resume(throwing: FunctionHostError.sandboxFailed("the server stops"))
        }
        for environment in environments { environment.kill() }
        for sandbox in sandboxes { sandbox.stop() }
        await withCheckedContinuation { continuation in
            let isStopped = state.withLock { state in
                if state.environments.isEmpty && state.sandboxes.isEmpty { return true }
                state.stopped = continuation
                return false
            }
            if isStopped { continuation.resume() }
        }
    }

    /// The process that launches sandboxes.
    package var launcherPID: Int32 { resources.launcher.pid }

    /// How many environments there are, busy and idle.
    package var environmentCount: Int { state.withLock { $0.environments.count } }

    /// How many environments wait for their function's next event.
    package var idleCount: Int { state.withLock { $0.pool.idleCount } }
}
