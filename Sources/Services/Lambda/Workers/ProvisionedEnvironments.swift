import Jobs
import Logging
import Platform
import Sandbox
import ServiceKit
import Synchronization
import Wire

/// Keeps the environments of provisioned concurrency warm on this node.
final class ProvisionedEnvironments: Sendable {
    private struct State {
        var states: [FunctionReference: ProvisionedState] = [:]
        /// How many environments the host was told to keep, by deployment.
        var kept: [String: (count: Int, deployment: FunctionDeployment)] = [:]
    }

    private let functions: FunctionStore
    private let deployments: FunctionDeployments
    private let host: any FunctionHost
    private let clock: any Clock
    private let randomness: any Randomness
    private let logger: Logger
    private let state = Mutex(State())
    private let wake = WakeSignal()

    init(
        functions: FunctionStore, deployments: FunctionDeployments, host: any FunctionHost,
        _ dependencies: ServiceDependencies
    ) {
        self.functions = functions
        self.deployments = deployments
        self.host = host
        clock = dependencies.clock
        randomness = dependencies.randomness
        logger = dependencies.logger
    }

    /// How far this node has got with a version or alias.
    func state(of reference: FunctionReference) -> ProvisionedState {
        state.withLock { $0.states[reference] } ?? ProvisionedState()
    }

    /// Brings what is kept in line with what is configured, soon.
    func reconcile() { wake.signal() }

    /// Forgets what was configured.
    func forget() async {
        let kept = state.withLock { state in
            defer { state = State() }
            return state.kept
        }
        for entry in kept.values { try? await host.keepWarm(0, of: entry.deployment) }
    }

    /// Reconciles after every change, and now and then because deployments are renewed, until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            do {
                try await reconcileNow()
            } catch {
                logger.error("provisioned concurrency", metadata: ["error": "\(error)"])
            }
            await wake.wait(until: clock.now + LambdaLimits.provisioningCheck, on: clock)
        }
    }

    private func reconcileNow() async throws {
        let configs = try await functions.allConfigs(.provisionedConcurrency)
        var wanted: [String: (count: Int, deployment: FunctionDeployment)] = [:]
        for config in configs {
            let requested = ProvisionedConcurrency(config.document).requested
            do {
                for (version, count) in try await shares(requested, of: config.reference) {
                    let deployment = try await deployments.deployment(
                        of: version, in: context(of: config.reference))
                    try await host.keepWarm(count, of: deployment)
                    wanted[deployment.id] = (count, deployment)
                }
                set(ProvisionedState(status: "READY", allocated: requested), of: config.reference)
            } catch {
                logger.error(
                    "environments could not be kept warm",
                    metadata: ["function": "\(config.reference.arn)", "error": "\(error)"])
                set(
                    ProvisionedState(status: "FAILED", reason: Self.reason(error)),
                    of: config.reference)
            }
        }
        let outdated = state.withLock { state in
            defer { state.kept = wanted }
            let names = Set(configs.map(\.reference))
            state.states = state.states.filter { names.contains($0.key) }
            return state.kept.filter { wanted[$0.key] == nil }
        }
        for entry in outdated.values { try await host.keepWarm(0, of: entry.deployment) }
    }

    /// The versions of a reference, and how many environments of each are kept: an alias's two share by their weights.
    private func shares(
        _ requested: Int, of reference: FunctionReference
    ) async throws -> [(FunctionVersion, Int)] {
        let target = try await functions.target(reference)
        guard let second = target.second else { return [(target.version, requested)] }
        let count = Int((Double(requested) * target.secondWeight).rounded())
        return [(target.version, requested - count), (second, count)]
    }

    private func set(_ value: ProvisionedState, of reference: FunctionReference) {
        state.withLock { $0.states[reference] = value }
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as AWSError: error.message
        case FunctionHostError.runtimeUnavailable(let runtime):
            "The runtime \(runtime) is not on the machine that Apus runs on."
        case FunctionHostError.initFailed:
            "FUNCTION_ERROR_INIT_FAILURE"
        default: "The environments could not be started."
        }
    }

    private func context(of reference: FunctionReference) -> RequestContext {
        .lambda(
            account: reference.key.account, region: reference.key.region,
            requestID: randomness.uuid(), time: clock.now, logger: logger)
    }
}
