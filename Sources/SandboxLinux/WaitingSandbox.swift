@preconcurrency import Dispatch
import Glibc
import NIOCore
import Sandbox
import Synchronization

/// A sandbox that waits for a function: everything is there but what is a function's own.
///
/// What it reports is kept until an environment takes it over, which then gets it all, in order.
final class WaitingSandbox: Sendable {
    /// What the pool needs to know of it.
    enum Change: Sendable {
        case ready
        /// It ended before it was taken, for this reason.
        case ended(String)
    }

    private struct State {
        var reports: [SandboxProcess.Report] = []
        var receive: (@Sendable (SandboxProcess.Report) -> Void)?
        /// Until it ends or is claimed.
        var process: SandboxProcess?
        var isClaimed = false
        var failure = "the sandbox ended"
    }

    let ends: SandboxLauncher.Ends
    let group: ControlGroup
    let loop: any EventLoop
    private let queue: DispatchQueue
    private let onChange: @Sendable (Change) -> Void
    private let state = Mutex(State())

    /// Starts a sandbox for functions of a runtime. Blocks.
    ///
    /// - Throws: `SystemCallError`.
    init(
        for runtime: RuntimeProgram, resources: SandboxResources, loop: any EventLoop,
        onChange: @escaping @Sendable (Change) -> Void
    ) throws {
        self.loop = loop
        self.onChange = onChange
        queue = resources.queue
        group = try resources.groups.makeGroup()
        let specification = Self.specification(for: runtime, resources)
        do {
            ends = try resources.launcher.launch(
                specification, group: group, isConnected: runtime.isConnected)
        } catch {
            _ = group.remove()
            throw error
        }
        let process = SandboxProcess(control: ends.control, queue: queue) { self.receive($0) }
        state.withLock { $0.process = process }
    }

    private static func specification(
        for runtime: RuntimeProgram, _ resources: SandboxResources
    ) -> SandboxSpecification {
        var specification = resources.specification(
            for: runtime, endpointPort: resources.endpointPort)
        if !runtime.command.isEmpty {
            var variables = RuntimeVariables.early(for: runtime)
            variables["_APUS_AWAIT"] = "1"
            specification.program(
                runtime.command[0], arguments: runtime.command, environment: variables)
            specification.start()
        }
        specification.await()
        return specification
    }

    /// Whether nothing is left of a sandbox that nobody has claimed.
    var hasEnded: Bool { state.withLock { $0.process == nil && !$0.isClaimed } }

    /// Takes the sandbox for an environment, which must follow its output and its reports from now on. Returns its
    /// process, or `nil` where it has ended.
    func claim() -> SandboxProcess? {
        state.withLock { state in
            state.isClaimed = state.process != nil
            defer { state.process = nil }
            return state.process
        }
    }

    /// Hands all that a claimed sandbox has reported and will report to the environment that has it now.
    func report(to receive: @escaping @Sendable (SandboxProcess.Report) -> Void) {
        // Reports come on this queue, so none gets between those that are kept.
        queue.async {
            let kept = self.state.withLock { state in
                state.receive = receive
                defer { state.reports = [] }
                return state.reports
            }
            kept.forEach(receive)
        }
    }

    /// Ends a sandbox that is not needed.
    func stop() { state.withLock { $0.process }?.stop() }

    private func receive(_ report: SandboxProcess.Report) {
        let (taker, isClaimed) = state.withLock { state in
            if state.receive == nil { state.reports.append(report) }
            if case .failed(let reason) = report { state.failure = reason }
            if case .ended = report { state.process = nil }
            return (state.receive, state.isClaimed)
        }
        if let taker { return taker(report) }
        guard !isClaimed else { return }
        switch report {
        case .awaiting: onChange(.ready)
        case .ended: ended()
        case .listening, .started, .failed, .exited: break
        }
    }

    private func ended() {
        let (reports, failure) = state.withLock { state in
            defer { state.reports = [] }
            return (state.reports, state.failure)
        }
        for case .listening(let descriptors) in reports { descriptors.forEach { close($0) } }
        close(ends.output)
        if let connection = ends.connection { close(connection) }
        removeGroup(attempts: 200)
        onChange(.ended(failure))
    }

    /// The kernel lets go of a group a moment after its last process.
    private func removeGroup(attempts: Int) {
        if group.remove() || attempts == 0 { return }
        queue.asyncAfter(deadline: .now() + .milliseconds(5)) {
            self.removeGroup(attempts: attempts - 1)
        }
    }
}
