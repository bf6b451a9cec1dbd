import CSandbox
import Glibc
import Synchronization

/// The launcher process (CSandbox/launcher.c): forked once, early, and asked for each sandbox.
final class SandboxLauncher: Sendable {
    private let socket: Int32
    private let pid: pid_t
    /// Host ids for functions, when the server is root: far from the ids of people and of container engines.
    private static let firstHostID: UInt32 = 0x7A00_0000

    init() throws {
        var socket: Int32 = -1
        var pid: pid_t = 0
        let code = csandbox_launcher_start(&socket, &pid)
        guard code == 0 else { throw SystemCallError("fork", code: code) }
        self.socket = socket
        self.pid = pid
    }

    /// The launcher ends when its socket closes; its sandboxes live on until theirs do.
    deinit {
        close(socket)
        waitpid(pid, nil, 0)
    }

    /// Starts a sandbox and returns the server's ends of its control socket and of its output.
    ///
    /// - Throws: `SystemCallError`. What fails inside the sandbox comes over the control socket.
    func launch(_ specification: SandboxSpecification, id: UInt64, group: ControlGroup) throws
        -> (control: Int32, output: Int32)
    {
        let memory = specification.bytes.withUnsafeBytes {
            csandbox_memory_file($0.baseAddress!, $0.count)
        }
        guard memory >= 0 else { throw SystemCallError("memfd_create", code: -memory) }
        defer { close(memory) }
        var control: [Int32] = [-1, -1]
        var code = csandbox_control_pair(&control)
        guard code == 0 else { throw SystemCallError("socketpair", code: code) }
        defer { close(control[1]) }
        var output: [Int32] = [-1, -1]
        code = csandbox_output_pipe(&output)
        guard code == 0 else {
            close(control[0])
            throw SystemCallError("pipe2", code: code)
        }
        defer { close(output[1]) }

        var request = csandbox_request()
        request.specification = memory
        request.control = control[1]
        request.output = output[1]
        request.thaw = group.thaw?.descriptor ?? -1
        request.host_id = Self.firstHostID + UInt32(id % 0x00FF_FFFF)
        request.cgroup_count = Int32(group.joinDescriptors.count)
        withUnsafeMutableBytes(of: &request.cgroups) { bytes in
            bytes.copyBytes(
                from: group.joinDescriptors.flatMap { withUnsafeBytes(of: $0, Array.init) })
        }
        withUnsafeMutableBytes(of: &request.thaw_text) { bytes in
            bytes.copyBytes(from: (group.thaw?.text ?? "").utf8)
        }
        code = csandbox_launch(socket, &request)
        guard code == 0 else {
            close(control[0])
            close(output[0])
            throw SystemCallError("launch", code: code)
        }
        return (control[0], output[0])
    }
}
