import Logging
import NIOCore
import NIOPosix
import Platform
import Sandbox
import Synchronization

/// The sandboxes that wait for functions.
extension LinuxFunctionHost {
    /// How long after one is taken another is started, so that it takes no time from the event that took it.
    private static let fillDelay: TimeAmount = .milliseconds(20)

    /// Events for functions of this runtime may come: sandboxes wait for them.
    package func expect(runtime: String) {
        guard let program = catalog.program(for: runtime) else { return }
        state.withLock { $0.warm.expect(Self.kind(of: program), at: resources.clock.now) }
        fill()
    }

    /// How many sandboxes wait for a function.
    package var waitingCount: Int { state.withLock { $0.sandboxes.count } }

    /// A sandbox for a new environment of a deployment, where one waits that fits.
    func takeWarm(
        for deployment: FunctionDeployment, _ runtime: RuntimeProgram
    ) -> (sandbox: WaitingSandbox, process: SandboxProcess)? {
        guard RuntimeVariables.canFollow(deployment.environment),
            EndpointAddress(deployment.endpointURL)?.port == resources.endpointPort
        else { return nil }
        let sandbox = state.withLock { state in
            state.warm.take(Self.kind(of: runtime), at: resources.clock.now)
                .flatMap { state.sandboxes.removeValue(forKey: $0) }
        }
        fillSoon()
        guard let sandbox, let process = sandbox.claim() else { return nil }
        return (sandbox, process)
    }

    /// Wants fewer of what is not asked for, and none where memory is scarce.
    func shrinkWarmPool() {
        let isScarce = HostMemory.isScarce
        let surplus = state.withLock { state in
            let surplus =
                isScarce
                ? state.warm.empty() : state.warm.shrink(at: resources.clock.now)
            return surplus.compactMap { state.sandboxes[$0] }
        }
        for sandbox in surplus { sandbox.stop() }
    }

    private static func kind(of runtime: RuntimeProgram) -> WarmPool.Kind {
        if runtime.command.isEmpty { return WarmPool.Kind(runtime: "provided", mebibytes: 1) }
        return WarmPool.Kind(
            runtime: runtime.identifier,
            mebibytes: runtime.identifier.hasPrefix("nodejs") ? 48 : 12)
    }

    private func fillSoon() {
        let isFilling = state.withLock { state in
            defer { state.isFilling = true }
            return state.isFilling || state.isStopping
        }
        guard !isFilling else { return }
        loops.next().scheduleTask(in: Self.fillDelay) {
            self.state.withLock { $0.isFilling = false }
            self.fill()
        }
    }

    private func fill() {
        NIOThreadPool.singleton.submit { _ in
            while let (id, kind) = self.state.withLock({ state in
                state.isStopping ? nil : state.warm.next()
            }) {
                self.start(id, kind)
            }
        }
    }

    /// Blocks.
    private func start(_ id: WarmPool.SandboxID, _ kind: WarmPool.Kind) {
        guard let runtime = catalog.program(for: kind.runtime) else {
            return changed(id, .ended(""))
        }
        do {
            let sandbox = try WaitingSandbox(
                for: runtime, resources: resources, loop: loops.next(),
                onChange: { [weak self] in self?.changed(id, $0) })
            let isLate = state.withLock { state in
                if !sandbox.hasEnded { state.sandboxes[id] = sandbox }
                state.warm.launched(id)
                return state.isStopping
            }
            if isLate { sandbox.stop() }
        } catch {
            changed(id, .ended("\(error)"))
        }
    }

    private func changed(_ id: WarmPool.SandboxID, _ change: WaitingSandbox.Change) {
        switch change {
        case .ready:
            state.withLock { $0.warm.ready(id) }
            fill()
        case .ended(let reason):
            let (isLoss, stopped) = state.withLock { state in
                let isLoss = state.warm.failed(id)
                state.sandboxes[id] = nil
                return (isLoss, state.takeStopped())
            }
            if isLoss {
                resources.logger.warning(
                    "a sandbox ended while it waited", metadata: ["reason": "\(reason)"])
            }
            stopped?.resume()
        }
    }
}
