import CSandbox
import Glibc
import Logging
import Synchronization

/// The launcher process (CSandbox/launcher.c): forked once, early, and asked for each sandbox. One that has died is
/// replaced when it is needed.
final class SandboxLauncher: Sendable {
    private struct Launcher {
        let socket: Int32
        let pid: pid_t

        init() throws {
            var socket: Int32 = -1
            var pid: pid_t = 0
            let code = csandbox_launcher_start(&socket, &pid)
            guard code == 0 else { throw SystemCallError("fork", code: code) }
            self.socket = socket
            self.pid = pid
        }

        /// It ends when its socket closes; its sandboxes live on until theirs do.
        func end() {
            close(socket)
            waitpid(pid, nil, 0)
        }
    }

    private let launcher: Mutex<Launcher>
    private let logger: Logger
    private let launched = Atomic<UInt64>(0)
    /// Host ids for functions, when the server is root: far from the ids of people and of container engines.
    private static let firstHostID: UInt32 = 0x7A00_0000

    init(logger: Logger) throws {
        self.logger = logger
        launcher = Mutex(try Launcher())
    }

    deinit { launcher.withLock { $0.end() } }

    /// The launcher's process.
    var pid: pid_t { launcher.withLock { $0.pid } }

    /// The server's ends of what leads into a sandbox.
    struct Ends {
        let control: Int32
        let output: Int32
        /// The runtime's connection to the Runtime API, where it was asked for.
        let connection: Int32?
    }

    /// Starts a sandbox.
    ///
    /// - Parameter isConnected: whether the runtime finds a connection to the Runtime API as descriptor 4.
    /// - Throws: `SystemCallError`. What fails inside the sandbox comes over the control socket.
    func launch(
        _ specification: SandboxSpecification, group: ControlGroup, isConnected: Bool
    ) throws -> Ends {
        let memory = try specification.memoryFile()
        defer { close(memory) }
        let control = try Pair(csandbox_control_pair)
        let output = try Pair(csandbox_output_pipe)
        let connection = isConnected ? try Pair(csandbox_connection_pair) : nil

        var request = csandbox_request()
        request.specification = memory
        request.control = control.theirs
        request.output = output.theirs
        request.connection = connection?.theirs ?? -1
        request.thaw = group.thaw?.descriptor ?? -1
        let number = launched.add(1, ordering: .relaxed).newValue
        request.host_id = Self.firstHostID + UInt32(number % 0x00FF_FFFF)
        request.cgroup_count = Int32(group.joinDescriptors.count)
        withUnsafeMutableBytes(of: &request.cgroups) { bytes in
            bytes.copyBytes(
                from: group.joinDescriptors.flatMap { withUnsafeBytes(of: $0, Array.init) })
        }
        withUnsafeMutableBytes(of: &request.thaw_text) { bytes in
            bytes.copyBytes(from: (group.thaw?.text ?? "").utf8)
        }
        try send(&request)
        return Ends(
            control: control.takeOurs(), output: output.takeOurs(),
            connection: connection?.takeOurs())
    }

    private func send(_ request: inout csandbox_request) throws {
        try launcher.withLock { launcher in
            var code = csandbox_launch(launcher.socket, &request)
            if code == EPIPE || code == ECONNRESET || code == ENOTCONN {
                logger.warning("the launcher of sandboxes has died; another takes its place")
                launcher.end()
                launcher = try Launcher()
                code = csandbox_launch(launcher.socket, &request)
            }
            guard code == 0 else { throw SystemCallError("launch", code: code) }
        }
    }

    /// Two connected descriptors, the first ours. Both are closed with it, but for ours when it was taken.
    private final class Pair {
        private var ours: Int32
        let theirs: Int32

        init(_ make: (UnsafeMutablePointer<Int32>) -> Int32) throws {
            var ends: [Int32] = [-1, -1]
            let code = make(&ends)
            guard code == 0 else { throw SystemCallError("a sandbox's descriptors", code: code) }
            (ours, theirs) = (ends[0], ends[1])
        }

        deinit {
            if ours >= 0 { close(ours) }
            close(theirs)
        }

        func takeOurs() -> Int32 {
            defer { ours = -1 }
            return ours
        }
    }
}
