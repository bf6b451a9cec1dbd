import Dispatch
import Glibc
import Logging
import NIOCore
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
        var waiting: WaitingRuntime?
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
        /// Who waits for the end of the init phase of an environment without an event.
        var preparation: CheckedContinuation<FunctionHostError?, Never>?
        var extensions = ExtensionSet()
        /// The connections on which extensions wait for an event.
        var extensionChannels: [ExtensionSet.ExtensionID: any Channel] = [:]
        /// The current event, as extensions get it.
        var extensionEvent = ByteBuffer()
        /// The runtime that is ready before the extensions are.
        var heldRuntime: WaitingRuntime?
        /// What waits until no extension works.
        var onSettled: (@Sendable () -> Void)?
        /// Whether extensions get time to end: the environment is not wanted any more, and nothing went wrong.
        var mayLinger = false
        var isShuttingDown = false
    }

    /// What an environment is made of.
    struct Start: Sendable {
        let runtime: RuntimeProgram
        /// A sandbox of the pool with its process; else one is launched.
        var waiting: (sandbox: WaitingSandbox, process: SandboxProcess)?
    }

    let deployment: FunctionDeployment
    let resources: SandboxResources
    let log: FunctionLog
    let group: ControlGroup
    let state: Mutex<State>
    let loop: any EventLoop
    private let logStream: String
    /// The names of the external extensions.
    private let extensions: [String]
    let onStarted: @Sendable () -> Void
    private let onEnd: @Sendable () -> Void

    /// Makes an environment; its sandbox is started with its first event, or by `prepare`. Blocks for a moment.
    ///
    /// - Parameters:
    ///   - group: the control group of a sandbox of the pool; else one is made.
    ///   - onStarted: called when the init phase is over, perhaps more than once.
    ///   - onEnd: called once, when no process of the environment is left.
    init(
        deployment: FunctionDeployment, resources: SandboxResources, group: ControlGroup?,
        loop: any EventLoop, onStarted: @escaping @Sendable () -> Void,
        onEnd: @escaping @Sendable () -> Void
    ) throws {
        self.deployment = deployment
        self.resources = resources
        self.loop = loop
        self.onStarted = onStarted
        self.onEnd = onEnd
        logStream = PlatformLog.streamName(
            at: resources.clock.now, version: deployment.functionVersion,
            suffix: resources.randomness.string(32, from: .lowercaseHex))
        log = FunctionLog(
            deployment: deployment, logStream: logStream, sink: resources.logSink,
            clock: resources.clock)
        self.group = try group ?? resources.groups.makeGroup()
        try self.group.limitMemory(mebibytes: deployment.memoryMiB)
        extensions = Self.externalExtensions(of: deployment)
        state = Mutex(State(startedAt: resources.clock.uptime))
        state.withLock { $0.extensions = ExtensionSet(external: extensions) }
    }

    /// Serves one event.
    ///
    /// - Parameter start: starts the sandbox with it, for an environment's first event.
    func invoke(_ invocation: Invocation, starting start: Start? = nil) async -> Outcome {
        guard let receive = invocation.onResponseChunk else {
            return await serve(invocation, stream: nil, starting: start)
        }
        let stream = ResponseStream()
        async let forwarded: Void = stream.forward(
            to: receive, onStart: invocation.onResponseStart)
        let outcome = await serve(invocation, stream: stream, starting: start)
        stream.finish()
        await forwarded
        return outcome
    }

    /// Starts the sandbox without an event and waits for the end of its init phase. Returns why it failed.
    func prepare(_ start: Start) async -> FunctionHostError? {
        await withCheckedContinuation { continuation in
            state.withLock { $0.preparation = continuation }
            perform([.startTimer(SandboxLimits.provisionedInitPhase)])
            begin(start)
        }
    }

    /// Ends the environment, after the event that it serves.
    func retire() {
        perform(
            state.withLock { state in
                state.mayLinger = true
                return state.lifecycle.retire()
            })
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
        _ invocation: Invocation, stream: ResponseStream?, starting start: Start?
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
            if let start { begin(start) }
        }
    }

    private func begin(_ start: Start) {
        log.write(
            PlatformLog.initStart(
                runtime: deployment.runtime, version: start.runtime.version,
                region: deployment.region, in: deployment.logging, at: resources.clock.now))
        if let warning = start.runtime.warning { log.write(["[WARNING] \(warning)"]) }
        if let (sandbox, process) = start.waiting {
            takeOver(sandbox, process, start.runtime)
        } else {
            NIOThreadPool.singleton.submit { _ in self.launch(start.runtime) }
        }
        // A start counts as one for a while only: what else an init phase waits for holds nobody up.
        let (seconds, attoseconds) = SandboxLimits.startTime.components
        loop.scheduleTask(
            in: .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000), onStarted)
    }

    // MARK: - The sandbox

    private static let bootstraps = ["/var/task/bootstrap", "/opt/bootstrap"]

    /// Makes a sandbox of the pool the function's.
    private func takeOver(
        _ sandbox: WaitingSandbox, _ process: SandboxProcess, _ runtime: RuntimeProgram
    ) {
        log.follow(sandbox.ends.output, queue: resources.queue)
        if let connection = sandbox.ends.connection { serveRuntimeAPI(over: connection) }
        state.withLock { $0.process = process }
        sandbox.report { self.handle($0) }
        guard let command = command(of: runtime) else {
            return fail(.noEntrypoint(Self.bootstraps, requestID: servedRequestID))
        }
        var specification = ownFiles
        let variables = RuntimeVariables.all(
            for: deployment, logStream: logStream, isConnected: isConnected(runtime))
        if runtime.command.isEmpty {
            specification.program(command[0], arguments: command, environment: variables)
        } else {
            specification.variables(variables)
        }
        do {
            try process.takeOn(specification)
        } catch {
            handle(.failed("\(error)"))
        }
    }

    /// Starts a sandbox. Blocks until the launcher has the request.
    private func launch(_ runtime: RuntimeProgram) {
        guard let command = command(of: runtime) else {
            return fail(.noEntrypoint(Self.bootstraps, requestID: servedRequestID))
        }
        var specification = resources.specification(
            for: runtime, endpointPort: EndpointAddress(deployment.endpointURL)?.port)
        specification.append(ownFiles)
        specification.program(
            command[0], arguments: command,
            environment: RuntimeVariables.all(
                for: deployment, logStream: logStream, isConnected: isConnected(runtime)))
        state.withLock { $0.isLaunching = true }
        do {
            let ends = try resources.launcher.launch(
                specification, group: group, isConnected: isConnected(runtime))
            log.follow(ends.output, queue: resources.queue)
            if let connection = ends.connection { serveRuntimeAPI(over: connection) }
            let process = SandboxProcess(control: ends.control, queue: resources.queue) {
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

    /// A wrapper's author does not expect a descriptor that must stay open.
    private func isConnected(_ runtime: RuntimeProgram) -> Bool {
        runtime.isConnected && deployment.environment["AWS_LAMBDA_EXEC_WRAPPER"] == nil
    }

    /// What to execute; `nil` where a `provided` runtime's function has no bootstrap.
    private func command(of runtime: RuntimeProgram) -> [String]? {
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
        return command
    }

    /// The files that are the function's, and the limits.
    private var ownFiles: SandboxSpecification {
        resources.fileSystem.specification(
            for: deployment,
            endpointHost: EndpointAddress(deployment.endpointURL)?.host ?? "localhost",
            dataBytes: group.limitsMemory ? 0 : (deployment.memoryMiB + 64) * 1024 * 1024,
            extensions: extensions)
    }

    private func handle(_ report: SandboxProcess.Report) {
        switch report {
        case .listening(let descriptors):
            serveRuntimeAPI(on: descriptors[0])
            if descriptors.count > 1 { relayEndpoint(from: descriptors[1]) }
        case .awaiting: break
        case .started(let pid):
            state.withLock { $0.runtimePID = pid }
        case .failed(let reason) where reason.hasPrefix("exec /opt/extensions/"):
            fail(.extensionFailed("Extension.LaunchError", requestID: servedRequestID))
        case .failed(let reason) where reason.hasPrefix("exec "):
            // The function's own file cannot be executed.
            fail(.noEntrypoint(Self.bootstraps, requestID: servedRequestID))
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

    func fail(_ failure: FunctionFailure) {
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
                    try channel.pipeline.syncOperations.addHandler(
                        RuntimeProtocolSniffer(delegate: self))
                }
            }
            .withBoundSocket(listener)
        keep(channel)
    }

    /// The connection that our own runtimes are given.
    private func serveRuntimeAPI(over connection: Int32) {
        let channel = ClientBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        RuntimeFrameConnection(delegate: self))
                }
            }
            .withConnectedSocket(connection)
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
