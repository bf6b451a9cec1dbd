import Glibc
import Platform
import Sandbox
import SandboxKit
import SandboxLinux
import Synchronization
import Testing

@Suite("A function cannot leave its sandbox")
struct IsolationTests {
    /// Evaluates the event as Python and answers with the value, or with the error's name and number.
    private static let probe = """
        import ctypes, glob, os, resource, signal, socket, subprocess, sys, time
        libc = ctypes.CDLL(None, use_errno=True)
        def call(*arguments):
            return 0 if libc.syscall(*arguments) >= 0 else ctypes.get_errno()
        def connect(port, host='127.0.0.1'):
            with socket.create_connection((host, port), timeout=2): return 'connected'
        def write(path):
            with open(path, 'w') as file: file.write('x')
            return 'written'
        def handler(event, context):
            try:
                return eval(event)
            except OSError as error:
                return [type(error).__name__, error.errno]
        """

    private func expect(_ probes: [(String, String)], _ test: TestHost) async throws {
        let function = test.python(Self.probe) { $0.memoryMiB = 512 }
        for (expression, answer) in probes {
            let payload =
                "\"" + expression.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
                + "\""
            let result = try await test.invoke(function, payload)
            #expect(result.text == answer, "\(expression)")
        }
    }

    private let missing = #"["FileNotFoundError", 2]"#
    private let readOnly = #"["OSError", 30]"#

    @Test("it sees no file of the host but the runtime's", arguments: Setup.all)
    func files(setup: Setup) async throws {
        try await setup.withHost { test in
            try await expect(
                [
                    ("open('/etc/shadow').read()", missing),
                    ("os.listdir('/work')", missing), ("os.listdir('/home')", missing),
                    ("os.listdir('/boot')", missing), ("os.listdir('/sys')", missing),
                    ("sorted(os.listdir('/etc/ssl'))", #"["certs", "openssl.cnf"]"#),
                    (
                        "[name for name in os.listdir('/root') if name != '.pyenv'] if os.path.isdir('/root') else []",
                        "[]"
                    ),
                    ("os.path.exists('\(test.directory.path)')", "false"),
                    ("sorted(os.listdir('/var'))", #"["runtime", "task"]"#),
                    ("os.listdir('/tmp')", "[]"),
                    (
                        "sorted(os.listdir('/dev'))",
                        #"["fd", "full", "null", "random", "stderr", "stdin", "stdout", "urandom", "zero"]"#
                    ),
                    ("open('/proc/1/environ').read()", missing),
                    ("os.listdir('/proc/1/root')", missing),
                ], test)
        }
    }

    @Test("it writes nowhere but to /tmp", arguments: Setup.all)
    func readOnlyFiles(setup: Setup) async throws {
        try await setup.withHost { test in
            try await expect(
                [
                    ("write('/tmp/x')", #""written""#),
                    ("write('/var/task/app.py')", readOnly),
                    ("write('/var/task/new')", readOnly),
                    ("write('/var/runtime/bootstrap.py')", readOnly),
                    ("write('/new')", readOnly),
                    ("write('/opt/new')", readOnly), ("write('/usr/bin/new')", readOnly),
                    ("write('/etc/passwd')", readOnly),
                    ("write('/dev/new')", readOnly),
                    ("write('/proc/sys/kernel/core_pattern')", #"["PermissionError", 13]"#),
                    ("os.chmod('/var/task/app.py', 0o777)", readOnly),
                ], test)
        }
    }

    @Test("it has no privileges, and gains none", arguments: Setup.all)
    func privileges(setup: Setup) async throws {
        try await setup.withHost { test in
            let status =
                "[line.split()[1] for line in open('/proc/self/status') if line.startswith(KEY)]"
            try await expect(
                [
                    (
                        status.replacing("KEY", with: "('Cap')"),
                        #"["0000000000000000", "0000000000000000", "0000000000000000", "0000000000000000", "0000000000000000"]"#
                    ),
                    (
                        status.replacing("KEY", with: "('NoNewPrivs', 'Seccomp:')"),
                        #"["1", "2"]"#
                    ),
                    (
                        "[os.getuid(), os.geteuid(), os.getgid(), len(os.getgroups()) <= 1]",
                        "[993, 993, 990, true]"
                    ),
                    // Where the server is not root, the sandbox does not even have an id 0.
                    (
                        "os.setuid(0)",
                        getuid() == 0 ? #"["PermissionError", 1]"# : #"["OSError", 22]"#
                    ),
                    (
                        "subprocess.run(['su', '-c', 'id'], capture_output=True).returncode != 0",
                        "true"
                    ),
                    (
                        "[resource.getrlimit(resource.RLIMIT_NOFILE)[1], resource.getrlimit(resource.RLIMIT_NPROC)[1]]",
                        "[1024, 1024]"
                    ),
                ], test)
        }
    }

    @Test(
        "it cannot make system calls that reach around its walls",
        arguments: [
            ("mount", "call(165, b'none', b'/tmp', b'tmpfs', 0, 0)"),
            ("umount", "call(166, b'/tmp', 2)"), ("pivot_root", "call(155, b'/tmp', b'/tmp')"),
            ("chroot", "call(161, b'/tmp')"), ("unshare", "call(272, 0x10000000)"),
            ("setns", "call(308, 3, 0)"),
            ("clone of a user namespace", "call(56, 0x10000011, 0, 0, 0, 0)"),
            ("ptrace", "call(101, 0, 0, 0, 0)"),
            ("process_vm_readv", "call(310, 1, 0, 0, 0, 0, 0)"),
            ("bpf", "call(321, 0, 0, 0)"), ("keyctl", "call(250, 0, 0, 0)"),
            ("perf_event_open", "call(298, 0, 0, 0, 0, 0)"),
            ("kexec_load", "call(246, 0, 0, 0, 0)"),
            ("init_module", "call(175, 0, 0, 0)"), ("io_uring_setup", "call(425, 1, 0)"),
            ("userfaultfd", "call(323, 0)"), ("reboot", "call(169, 0, 0, 0, 0)"),
            ("open_by_handle_at", "call(304, 0, 0, 0)"),
            ("mknod", "call(133, b'/tmp/n', 0o20600, 0x103)"),
            ("sethostname", "call(170, b'x', 1)"), ("fsopen", "call(430, b'tmpfs', 0)"),
            ("open_tree", "call(428, -100, b'/', 1)"), ("settimeofday", "call(164, 0, 0)"),
        ])
    func systemCalls(name: String, expression: String) async throws {
        #if arch(x86_64)
            try await withHost { test in try await expect([(expression, "1")], test) }
        #endif
    }

    @Test("it has only the sockets of its own network", arguments: Setup.all)
    func sockets(setup: Setup) async throws {
        try await setup.withHost { test in
            try await expect(
                [
                    ("socket.socket(40, socket.SOCK_STREAM)", #"["OSError", 97]"#),
                    ("socket.socket(38, socket.SOCK_SEQPACKET)", #"["OSError", 97]"#),
                    ("socket.socket(17, socket.SOCK_RAW)", #"["OSError", 97]"#),
                    (
                        "socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)",
                        #"["PermissionError", 1]"#
                    ),
                    ("[name for _, name in socket.if_nameindex()]", #"["lo"]"#),
                    ("connect(80, '169.254.169.254')", #"["OSError", 101]"#),
                    ("connect(53, '8.8.8.8')", #"["OSError", 101]"#),
                ], test)
        }
    }

    @Test("it sees and signals no process but its own", arguments: Setup.all)
    func processes(setup: Setup) async throws {
        try await setup.withHost { test in
            try await expect(
                [
                    (
                        "[int(name) < 10 for name in os.listdir('/proc') if name.isdigit()]",
                        "[true]"
                    ),
                    ("os.kill(\(getpid()), 0)", #"["ProcessLookupError", 3]"#),
                    ("[os.kill(1, 9), time.sleep(0.05)]", #"["PermissionError", 1]"#),
                    ("os.kill(os.getppid(), 0)", #"["PermissionError", 1]"#),
                ].dropLast(getuid() == 0 ? 0 : 2).map { $0 }, test)
        }
    }

    @Test("it reaches Apus's endpoint, and no other port of the host")
    func endpoint() async throws {
        let apus = try LoopbackServer(answer: "this is Apus")
        let other = try LoopbackServer(answer: "this is not for functions")
        try await withHost(configure: { $0.endpointPort = apus.port }) { test in
            let function = test.python(
                """
                import os, socket
                def ask(port):
                    with socket.create_connection(('127.0.0.1', port), timeout=2) as connection:
                        connection.sendall(b'hello')
                        connection.shutdown(socket.SHUT_WR)
                        return b''.join(iter(lambda: connection.recv(100), b'')).decode()
                def handler(event, context):
                    port = int(os.environ['AWS_ENDPOINT_URL'].rsplit(':', 1)[1])
                    try:
                        return [ask(port), ask(event)]
                    except ConnectionRefusedError as error:
                        return [ask(port), 'refused']
                """)
            try await test.expect(
                function, "\(other.port)", answers: #"["this is Apus", "refused"]"#)
        }
    }

    @Test("it shares nothing with another environment", arguments: Setup.all)
    func neighbours(setup: Setup) async throws {
        try await setup.withHost { test in
            let first = test.python(
                """
                import os, socket
                def handler(event, context):
                    open('/tmp/secret', 'w').write('secret')
                    server = socket.socket(socket.AF_UNIX)
                    server.bind('\\0abstract')
                    return os.environ['AWS_SECRET_ACCESS_KEY']
                """)
            try await test.expect(first, answers: #""secret""#)
            try await expect(
                [
                    ("os.listdir('/tmp')", "[]"),
                    ("glob.glob('/var/task/*')", #"["/var/task/app.py"]"#),
                    (
                        "socket.socket(socket.AF_UNIX).connect('\\0abstract')",
                        #"["ConnectionRefusedError", 111]"#
                    ),
                ], test)
        }
    }
}

/// Answers every connection to a port of the host's loopback, once the client has said all.
final class LoopbackServer: Sendable {
    let port: Int
    private let listener: Int32

    init(answer: String) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isReady = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(listener, generic, length) == 0 && listen(listener, 8) == 0
                    && getsockname(listener, generic, &length) == 0
            }
        }
        try #require(isReady)
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
        // A thread, because accept() blocks; it ends when the socket is shut down.
        _ = Thread(name: "loopback server") {
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                var buffer = [UInt8](repeating: 0, count: 100)
                while read(connection, &buffer, buffer.count) > 0 {}
                _ = answer.utf8.withContiguousStorageIfAvailable {
                    write(connection, $0.baseAddress!, $0.count)
                }
                close(connection)
            }
            close(listener)
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }
}
