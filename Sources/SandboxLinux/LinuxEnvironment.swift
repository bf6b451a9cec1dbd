import Dispatch
import Glibc
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import Platform
import Sandbox
import Synchronization

/// One execution environment: a sandbox, the Runtime API inside it, its log, and its life.
///
/// What happens is told to the `EnvironmentLifecycle` under the lock; what it wants done is done outside of
/// it.
final class LinuxEnvironment: Sendable {
    /// What came of giving an environment an event.
    enum Outcome: Sendable {
        case result(InvocationResult)
        /// The environment had ended before it saw the event.
        case gone
        /// The sandbox could not be built.
        case failed(String)
    }

    /// The event that is being served.
    struct Current {
        let invocation: Invocation
        let continuation: CheckedContinuation<Outcome, Never>
        let stream: ResponseStream?
        var deliveredAt: ContinuousClock.Instant?
        var payload: [UInt8] = []
        var contentType: String?
    }

    struct State {
        var lifecycle = EnvironmentLifecycle()
        var current: Current?
        /// The connection on which the runtime waits for an event.
        var waiting: (any Channel)?
        var process: SandboxProcess?
        /// Whether the launcher is being asked, so that there may soon be a process.
        var isLaunching = false
        var runtimePID: pid_t?
        var listeners: [any Channel] = []
        var startedAt: ContinuousClock.Instant
        /// How long the init phase took; taken by the first event's report.
        var initDuration: Duration?
        /// When the current event's time is over.
        var deadline: NIODeadline?
        /// When a scheduled task looks at `deadline`; one task serves many events.
        var wakeUp: NIODeadline?
        var isFrozen = false
        var eventCount: UInt64 = 0
    }

    let deployment: FunctionDeployment
    let resources: SandboxResources
    let log: FunctionLog
    let group: ControlGroup
    let state: Mutex<State>
    let loop: any EventLoop
    private let id: UInt64
    private let logStream: String
    private let onEnd: @Sendable () -> Void

    /// Makes the control group; the sandbox is started by `start`. Blocks.
    ///
    /// - Parameter onEnd: called once, when no process of the environment is left.
    init(
        id: UInt64, deployment: FunctionDeployment, resources: SandboxResources,
        loop: any EventLoop, onEnd: @escaping @Sendable () -> Void
    ) throws {
        self.id = id
        self.deployment = deployment
        self.resources = resources
        self.loop = loop
        self.onEnd = onEnd
        logStream = PlatformLog.streamName(
            at: resources.clock.now, version: deployment.functionVersion,
            suffix: resources.randomness.string(32, from: .lowercaseHex))
        log = FunctionLog(
            deployment: deployment, logStream: logStream, sink: resources.logSink,
            clock: resources.clock)
        group = try resources.groups.makeGroup(memoryMiB: deployment.memoryMiB)
        state = Mutex(State(startedAt: resources.clock.uptime))
    }

    /// Serves one event.
    ///
    /// - Parameter runtime: starts the sandbox with it, for an environment's first event.
    func invoke(_ invocation: Invocation, starting runtime: RuntimeProgram? = nil) async -> Outcome
    {
        guard let receive = invocation.onResponseChunk else {
            return await serve(invocation, stream: nil, starting: runtime)
        }
        let stream = ResponseStream()
        async let forwarded: Void = stream.forward(
            to: receive, onStart: invocation.onResponseStart)
        let outcome = await serve(invocation, stream: stream, starting: runtime)
        stream.finish()
        await forwarded
        return outcome
    }

    /// Ends the environment, after the event that it serves.
    func retire() {
        perform(state.withLock { $0.lifecycle.retire() })
    }

    /// Ends the environment at once.
    func kill() {
        perform(state.withLock { $0.lifecycle.sandboxFailed("the server stops") })
    }

    /// Whether it can take an event now.
    var canServe: Bool { state.withLock { $0.lifecycle.canTakeEvent } }

    /// The event is known to the life cycle before the sandbox starts, so that it learns of every failure
    /// of the start.
    private func serve(
        _ invocation: Invocation, stream: ResponseStream?, starting runtime: RuntimeProgram?
    ) async -> Outcome {
        await withCheckedContinuation { continuation in
            let event = EnvironmentLifecycle.Event(
                requestID: invocation.requestID, timeout: deployment.timeout)
            let actions = state.withLock { state -> [EnvironmentLifecycle.Action]? in
                guard state.lifecycle.canTakeEvent else { return nil }
                state.current = Current(
                    invocation: invocation, continuation: continuation, stream: stream)
                state.eventCount += 1
                return state.lifecycle.assign(event)
            }
            guard let actions else { return continuation.resume(returning: .gone) }
            perform(actions)
            if let runtime { NIOThreadPool.singleton.submit { _ in self.start(runtime) } }
        }
    }

    // MARK: - The sandbox

    private static let bootstraps = ["/var/task/bootstrap", "/opt/bootstrap"]

    /// Starts the sandbox. Blocks until the launcher has the request.
    private func start(_ runtime: RuntimeProgram) {
        log.write(
            PlatformLog.initStart(
                runtime: deployment.runtime, version: runtime.version, region: deployment.region))
        if let warning = runtime.warning { log.write("[WARNING] \(warning)") }
        guard let specification = specification(for: runtime) else {
            return fail(.noEntrypoint(Self.bootstraps, requestID: currentRequestID))
        }
        state.withLock { $0.isLaunching = true }
        do {
            let (control, output) = try resources.launcher.launch(
                specification, id: id, group: group)
            log.follow(output, queue: resources.queue)
            let process = SandboxProcess(control: control, queue: resources.queue) {
                self.handle($0)
            }
            let isStopped = state.withLock { state in
                state.isLaunching = false
                state.process = process
                return state.lifecycle.state == .stopped
            }
            if isStopped { process.stop() }
        } catch {
            state.withLock { $0.isLaunching = false }
            handle(.failed("\(error)"))
        }
    }

    private var currentRequestID: String {
        state.withLock { $0.current?.invocation.requestID ?? "" }
    }

    /// `nil` where a `provided` runtime's function has no bootstrap.
    private func specification(for runtime: RuntimeProgram) -> SandboxSpecification? {
        var command = runtime.command
        if command.isEmpty {
            let inCode = SystemCalls.isExecutable("\(deployment.codeDirectory)/bootstrap")
            let inLayers = deployment.layerDirectories.contains {
                SystemCalls.isExecutable("\($0)/bootstrap")
            }
            guard inCode || inLayers else { return nil }
            command = [inCode ? Self.bootstraps[0] : Self.bootstraps[1]]
        } else if let wrapper = deployment.environment["AWS_LAMBDA_EXEC_WRAPPER"] {
            command.insert(wrapper, at: 0)
        }
        let endpoint = EndpointAddress(deployment.endpointURL)
        var specification = SandboxSpecification()
        specification.listen(port: RuntimeVariables.runtimeAPIPort)
        if let endpoint { specification.listen(port: endpoint.port) }
        specification.announce()
        specification.append(
            resources.fileSystem.specification(
                for: deployment, runtime: runtime, endpointHost: endpoint?.host ?? "localhost",
                dataBytes: group.limitsMemory ? 0 : (deployment.memoryMiB + 64) * 1024 * 1024))
        specification.program(
            command[0], arguments: command,
            environment: RuntimeVariables.all(for: deployment, logStream: logStream))
        return specification
    }

    private func handle(_ report: SandboxProcess.Report) {
        switch report {
        case .listening(let descriptors):
            serveRuntimeAPI(on: descriptors[0])
            if descriptors.count > 1 { relayEndpoint(from: descriptors[1]) }
        case .started(let pid):
            state.withLock { $0.runtimePID = pid }
        case .failed(let reason) where reason.hasPrefix("exec "):
            // The function's own file cannot be executed.
            fail(.noEntrypoint(Self.bootstraps, requestID: currentRequestID))
        case .failed(let reason):
            resources.logger.error("sandbox failed", metadata: ["reason": "\(reason)"])
            perform(state.withLock { $0.lifecycle.sandboxFailed(reason) })
        case .exited(let exit):
            let cause = exit == .signal(SIGKILL) && group.ranOutOfMemory ? .outOfMemory : exit
            perform(state.withLock { $0.lifecycle.runtimeExited(cause) })
        case .ended:
            perform(state.withLock { $0.lifecycle.sandboxFailed("the sandbox ended") })
            ended()
        }
    }

    /// No process is left.
    func ended() {
        log.close()
        removeGroup(attempts: 200)
    }

    private func fail(_ failure: FunctionFailure) {
        guard case .success(let actions) = state.withLock({ $0.lifecycle.initFailed(failure) })
        else { return }
        perform(actions)
    }

    /// The kernel lets go of a group a moment after its last process.
    private func removeGroup(attempts: Int) {
        if group.remove() || attempts == 0 { return onEnd() }
        resources.queue.asyncAfter(deadline: .now() + .milliseconds(5)) {
            self.removeGroup(attempts: attempts - 1)
        }
    }

    private func serveRuntimeAPI(on listener: Int32) {
        let channel = ServerBootstrap(group: loop)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(
                        ByteToMessageHandler(HTTPRequestDecoder()),
                        RuntimeAPIConnection(delegate: self))
                }
            }
            .withBoundSocket(listener)
        keep(channel)
    }

    private func relayEndpoint(from listener: Int32) {
        keep(EndpointRelay.start(listener: listener, port: resources.endpointPort, on: loop))
    }

    private func keep(_ channel: EventLoopFuture<any Channel>) {
        channel.whenSuccess { channel in
            let isStopped = self.state.withLock { state in
                state.listeners.append(channel)
                return state.lifecycle.state == .stopped
            }
            if isStopped { channel.close(promise: nil) }
        }
        channel.whenFailure { error in
            self.perform(self.state.withLock { $0.lifecycle.sandboxFailed("\(error)") })
        }
    }
}
