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

        package init(
            scratchDirectory: String, endpointPort: Int, takesNearestRuntime: Bool = false,
            environmentLimit: Int = SandboxLimits.environments, usesControlGroups: Bool = true
        ) {
            self.scratchDirectory = scratchDirectory
            self.endpointPort = endpointPort
            self.takesNearestRuntime = takesNearestRuntime
            self.environmentLimit = environmentLimit
            self.usesControlGroups = usesControlGroups
        }
    }

    private struct State {
        var pool: EnvironmentPool
        var environments: [EnvironmentPool.EnvironmentID: LinuxEnvironment] = [:]
        var isStopping = false
        /// Resumed when the last environment has ended.
        var stopped: CheckedContinuation<Void, Never>?
    }

    private let resources: SandboxResources
    private let catalog: RuntimeCatalog
    private let state: Mutex<State>
    private let loops: any EventLoopGroup

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
            launcher: try SandboxLauncher(), groups: groups,
            fileSystem: RootFileSystem(mountPoint: root), clock: clock, randomness: randomness,
            logSink: logSink, logger: logger, queue: DispatchQueue(label: "apus.sandbox"),
            endpointPort: configuration.endpointPort)
        state = Mutex(State(pool: EnvironmentPool(limit: configuration.environmentLimit)))
    }

    package var availableRuntimes: Set<String> { catalog.identifiers }

    package func invoke(_ invocation: Invocation, of deployment: FunctionDeployment) async throws
        -> InvocationResult
    {
        while true {
            let (id, environment, runtime) = try await acquire(for: deployment)
            let outcome = await environment.invoke(invocation, starting: runtime)
            release(id, environment)
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

    /// Ends environments that have been idle for long, until the task is cancelled; then ends all.
    package func run() async {
        while (try? await resources.clock.sleep(for: .seconds(30))) != nil {
            let environments = state.withLock { state in
                state.pool.reclaim(idleSince: resources.clock.now - SandboxLimits.idleTime)
                    .compactMap { state.environments[$0] }
            }
            for environment in environments { environment.retire() }
        }
        await stop()
    }

    /// Kills every environment and returns when nothing of them is left. No event is taken any more.
    package func stop() async {
        let environments = state.withLock { state in
            state.isStopping = true
            return Array(state.environments.values)
        }
        for environment in environments { environment.kill() }
        await withCheckedContinuation { continuation in
            let isStopped = state.withLock { state in
                if state.environments.isEmpty { return true }
                state.stopped = continuation
                return false
            }
            if isStopped { continuation.resume() }
        }
    }

    /// How many environments there are, busy and idle.
    package var environmentCount: Int { state.withLock { $0.environments.count } }

    // MARK: - Environments

    /// An environment for an event; with the runtime to start it with, when it is new.
    private func acquire(for deployment: FunctionDeployment) async throws
        -> (EnvironmentPool.EnvironmentID, LinuxEnvironment, RuntimeProgram?)
    {
        guard let runtime = catalog.program(for: deployment.runtime) else {
            throw FunctionHostError.runtimeUnavailable(deployment.runtime)
        }
        let acquisition: Acquisition = try state.withLock { state in
            if state.isStopping { throw FunctionHostError.sandboxFailed("the server stops") }
            switch state.pool.acquire(deploymentID: deployment.id) {
            case .full: throw FunctionHostError.tooManyEnvironments
            case .start(let id, let evicted):
                return .start(id, evicting: evicted.flatMap { state.environments[$0] })
            case .reuse(let id):
                guard let environment = state.environments[id] else {
                    preconditionFailure("an environment leaves the pool before it is forgotten")
                }
                return .reuse(id, environment)
            }
        }
        switch acquisition {
        case .reuse(let id, let environment): return (id, environment, nil)
        case .start(let id, let evicted):
            evicted?.retire()
            return (id, try await make(id, deployment), runtime)
        }
    }

    private enum Acquisition {
        case reuse(EnvironmentPool.EnvironmentID, LinuxEnvironment)
        case start(EnvironmentPool.EnvironmentID, evicting: LinuxEnvironment?)
    }

    private func make(_ id: EnvironmentPool.EnvironmentID, _ deployment: FunctionDeployment)
        async throws -> LinuxEnvironment
    {
        do {
            return try await NIOThreadPool.singleton.runIfActive { [self] in
                let environment = try LinuxEnvironment(
                    id: id, deployment: deployment, resources: resources, loop: loops.next(),
                    onEnd: { [weak self] in self?.ended(id) })
                state.withLock { $0.environments[id] = environment }
                return environment
            }
        } catch {
            resources.logger.error("no control group", metadata: ["reason": "\(error)"])
            ended(id)
            throw FunctionHostError.sandboxFailed("\(error)")
        }
    }

    private func release(_ id: EnvironmentPool.EnvironmentID, _ environment: LinuxEnvironment) {
        let stays = state.withLock { state in
            guard environment.canServe else {
                state.pool.remove(id)
                return false
            }
            return state.pool.release(id, at: resources.clock.now)
        }
        if !stays { environment.retire() }
    }

    private func ended(_ id: EnvironmentPool.EnvironmentID) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.pool.remove(id)
            state.environments[id] = nil
            guard state.environments.isEmpty else { return nil }
            defer { state.stopped = nil }
            return state.stopped
        }
        waiter?.resume()
    }
}
