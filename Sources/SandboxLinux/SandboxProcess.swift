import CSandbox
// Sources may be used from any thread; Dispatch does not say so on Linux.
@preconcurrency import Dispatch
import Glibc
import Sandbox
import Synchronization

/// A running sandbox, seen through its control socket.
final class SandboxProcess: Sendable {
    /// What becomes known of a sandbox, in this order; `ended` always comes, and last.
    enum Report: Sendable {
        /// The listening sockets, in the order of the specification. They are the receiver's.
        case listening([Int32])
        /// The runtime is executed, as this process of the host.
        case started(pid: pid_t)
        /// What the sandbox was doing when it failed, for the operator.
        case failed(String)
        case exited(RuntimeExit)
        /// The sandbox is ready for a function.
        case awaiting
        /// No process is left.
        case ended
    }

    private let control: Int32
    private let source: any DispatchSourceRead
    private let isClosed = Mutex(false)

    /// - Parameter control: the server's end; it becomes this object's.
    init(control: Int32, queue: DispatchQueue, onReport: @escaping @Sendable (Report) -> Void) {
        self.control = control
        source = DispatchSource.makeReadSource(fileDescriptor: control, queue: queue)
        source.setEventHandler { [weak self] in
            guard let self else { return }
            while let report = self.receive() {
                onReport(report)
                if case .ended = report { return }
            }
        }
        source.activate()
    }

    /// Kills every process of the sandbox; `ended` follows.
    func stop() {
        isClosed.withLock { isClosed in
            if !isClosed { shutdown(control, Int32(SHUT_WR)) }
        }
    }

    /// Hands over a function.
    ///
    /// - Throws: `SystemCallError` where the sandbox has ended.
    func takeOn(_ specification: SandboxSpecification) throws {
        let memory = try specification.memoryFile()
        defer { close(memory) }
        let code = isClosed.withLock { $0 ? EPIPE : csandbox_take_on(control, memory) }
        guard code == 0 else { throw SystemCallError("take on", code: code) }
    }

    /// Stops or resumes every process, where no control group can.
    func signalStopped(_ isStopped: Bool) {
        let command = isStopped ? CSANDBOX_STOP : CSANDBOX_CONTINUE
        isClosed.withLock { isClosed in
            if !isClosed { csandbox_command(control, command) }
        }
    }

    private func receive() -> Report? {
        var report = csandbox_report()
        var descriptors: [Int32] = [-1, -1]
        var count: Int32 = 0
        let result = csandbox_receive(control, &report, &descriptors, &count)
        guard result > 0 else {
            if result == -EAGAIN { return nil }
            isClosed.withLock { isClosed in
                source.cancel()
                close(control)
                isClosed = true
            }
            return .ended
        }
        switch csandbox_report_kind(UInt32(report.kind)) {
        case CSANDBOX_LISTENING: return .listening(Array(descriptors.prefix(Int(count))))
        case CSANDBOX_STARTED: return .started(pid: report.value)
        case CSANDBOX_AWAITING: return .awaiting
        case CSANDBOX_EXITED: return .exited(Self.exit(waitStatus: report.value))
        default:
            let text = withUnsafeBytes(of: report.text) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            return .failed("\(text): \(String(cString: strerror(report.value)))")
        }
    }

    private static func exit(waitStatus: Int32) -> RuntimeExit {
        let signal = waitStatus & 0x7F
        return signal == 0 ? .status(waitStatus >> 8 & 0xFF) : .signal(signal)
    }
}
