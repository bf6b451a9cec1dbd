import NIOCore
import NIOPosix
import Platform
import Sandbox
import Synchronization

/// What the life cycle wants done.
extension LinuxEnvironment {
    /// How long an environment stays awake after an event, so that events in close succession do not pay
    /// for freezing.
    private static let awakeTime: TimeAmount = .milliseconds(20)

    func perform(_ actions: [EnvironmentLifecycle.Action]) {
        for action in actions {
            switch action {
            case .endInit(let failure): endInit(failure)
            case .deliver(let event): deliver(event)
            case .finish(let event, let answer): finish(event, answer)
            case .startTimer(let duration): startTimer(duration)
            case .cancelTimer: state.withLock { $0.deadline = nil }
            case .freeze: freezeSoon()
            case .stop: stop()
            }
        }
    }

    private func endInit(_ failure: FunctionFailure?) {
        let duration = state.withLock { state in
            let duration = state.startedAt.duration(to: resources.clock.uptime)
            state.initDuration = failure == nil ? duration : nil
            return duration
        }
        group.applyCPUShare(memoryMiB: deployment.memoryMiB)
        finishPreparation(
            failure.map { .initFailed(String(decoding: $0.payload, as: UTF8.self)) })
        if let failure {
            log.write(
                PlatformLog.initReport(
                    duration: duration, failure: failure, in: deployment.logging,
                    at: resources.clock.now))
        }
    }

    /// Tells who waits for the init phase of an environment without an event.
    private func finishPreparation(_ error: FunctionHostError?) {
        onStarted()
        let preparation = state.withLock { state in
            defer { state.preparation = nil }
            if state.preparation != nil { state.deadline = nil }
            return state.preparation
        }
        preparation?.resume(returning: error)
    }

    private func deliver(_ event: EnvironmentLifecycle.Event) {
        logStart(of: event)
        let delivery = state.withLock { state -> (WaitingRuntime, Invocation, Bool)? in
            guard let runtime = state.waiting, let current = state.current else { return nil }
            setFrozen(false, &state)
            state.waiting = nil
            state.current?.deliveredAt = resources.clock.uptime
            return (runtime, current.invocation, !state.extensions.isEmpty)
        }
        guard let (runtime, invocation, hasExtensions) = delivery else { return }
        if hasExtensions { tellExtensions(event, invocation) }
        let allocator = runtime.channel.allocator
        let message =
            runtime.speaksFrames
            ? invocation.frame(timeout: event.timeout, allocator: allocator)
            : invocation.runtimeAPIResponse(timeout: event.timeout, allocator: allocator)
        runtime.channel.writeAndFlush(message, promise: nil)
    }

    private func finish(_ event: EnvironmentLifecycle.Event, _ answer: EnvironmentLifecycle.Answer)
    {
        let now = resources.clock.uptime
        let taken = state.withLock { state -> (Current, Duration, Duration?)? in
            guard let current = state.current else { return nil }
            let duration = (current.deliveredAt ?? state.startedAt).duration(to: now)
            defer {
                state.current = nil
                state.initDuration = nil
            }
            return (current, duration, state.initDuration)
        }
        guard let (current, elapsed, initDuration) = taken else { return }
        if case .sandboxFailed(let reason) = answer {
            return current.continuation.resume(returning: .failed(reason))
        }
        var failure: FunctionFailure?
        if case .failure(let reason) = answer { failure = reason }
        let duration = failure?.status == .timeout ? min(elapsed, event.timeout) : elapsed
        if current.deliveredAt == nil {
            logStart(of: event)
        }
        let report = PlatformLog.Report(
            requestID: event.requestID, duration: duration, memoryMiB: deployment.memoryMiB,
            maxMemoryUsedMiB: maxMemoryUsedMiB, initDuration: initDuration, failure: failure,
            traceHeader: current.invocation.traceHeader)
        let tail = log.end(
            PlatformLog.end(report, in: deployment.logging, at: resources.clock.now))
        current.continuation.resume(
            returning: .result(
                InvocationResult(
                    outcome: failure == nil ? .success : .failure,
                    payload: failure?.payload ?? current.payload, logTail: tail,
                    contentType: current.contentType, duration: duration,
                    initDuration: initDuration)))
    }

    private func logStart(of event: EnvironmentLifecycle.Event) {
        log.begin(
            PlatformLog.start(
                requestID: event.requestID, version: deployment.functionVersion,
                in: deployment.logging, at: resources.clock.now))
    }

    /// What the environment used at most, in MiB, and never more than it has.
    private var maxMemoryUsedMiB: Int {
        let peak = group.peakBytes ?? processPeakBytes ?? 0
        return min(deployment.memoryMiB, (peak + 1024 * 1024 - 1) / (1024 * 1024))
    }

    /// What the runtime's process used at most; for hosts without control groups.
    private var processPeakBytes: Int? {
        guard let pid = state.withLock({ $0.runtimePID }) else { return nil }
        let line = SystemCalls.text(of: "/proc/\(pid)/status")?.split(separator: "\n")
            .first { $0.hasPrefix("VmHWM:") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first
            .flatMap { Int($0) }.map { $0 * 1024 }
    }

    // MARK: - Time

    private func startTimer(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let deadline: NIODeadline =
            .now() + .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
        let needsWakeUp = state.withLock { state in
            state.deadline = deadline
            guard state.wakeUp.map({ $0 > deadline }) ?? true else { return false }
            state.wakeUp = deadline
            return true
        }
        if needsWakeUp { loop.scheduleTask(deadline: deadline) { self.wakeUp() } }
    }

    private func wakeUp() {
        var next: NIODeadline?
        let actions = state.withLock { state -> [EnvironmentLifecycle.Action] in
            state.wakeUp = nil
            guard let deadline = state.deadline else { return [] }
            guard deadline <= .now() else {
                state.wakeUp = deadline
                next = deadline
                return []
            }
            state.deadline = nil
            state.mayLinger = false
            return state.lifecycle.timedOut()
        }
        if let next { loop.scheduleTask(deadline: next) { self.wakeUp() } }
        perform(actions)
    }

    // MARK: - Freezing

    func freezeSoon() {
        let count = state.withLock { $0.eventCount }
        loop.scheduleTask(in: Self.awakeTime) {
            self.state.withLock { state in
                guard state.lifecycle.state == .idle, state.eventCount == count,
                    state.extensions.isSettled
                else { return }
                self.setFrozen(true, &state)
            }
        }
    }

    func setFrozen(_ isFrozen: Bool, _ state: inout State) {
        guard state.isFrozen != isFrozen else { return }
        state.isFrozen = isFrozen
        if !group.setFrozen(isFrozen) { state.process?.signalStopped(isFrozen) }
    }

    // MARK: - The end

    private func stop() {
        if shutDownExtensions({ self.stopAtOnce() }) { return }
        stopAtOnce()
    }

    private func stopAtOnce() {
        finishPreparation(.sandboxFailed("the environment ended in its init phase"))
        let (process, isLaunching, channels) = state.withLock { state in
            let channels = state.listeners + (state.waiting.map { [$0.channel] } ?? [])
            state.listeners = []
            state.waiting = nil
            return (state.process, state.isLaunching, channels)
        }
        for channel in channels { channel.close(promise: nil) }
        settle()
        if let process {
            process.stop()
        } else if !isLaunching {
            ended()
        }
    }
}
