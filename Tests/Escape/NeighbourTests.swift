import Platform
import Sandbox
import SandboxKit
import SandboxLinux
import Testing

/// One function holds a secret in every place that a function has, and lives; another looks for it.
@Suite("A function learns nothing of another")
struct NeighbourTests {
    private static let secret = "b5f0c9e4a1d24f6e"

    private static let keeper = """
        # \(secret)
        import os, socket, threading
        listener = socket.create_server(('127.0.0.1', 7001))
        abstract = socket.socket(socket.AF_UNIX)
        abstract.bind('\\0keeper')
        abstract.listen()
        memory = os.memfd_create('\(secret)')
        def handler(event, context):
            open('/tmp/secret', 'w').write('\(secret)')
            return os.getpid()
        """

    private static let seeker = """
        import glob, os, socket, subprocess
        SECRET = '_'.join(['b5f0c9e4', 'a1d24f6e']).replace('_', '')
        def ask(address, kind=socket.AF_INET, text=b''):
            with socket.socket(kind) as peer:
                peer.settimeout(2)
                peer.connect(address)
                peer.sendall(text)
                return peer.recv(10000).decode()
        def files(*roots):
            for root in roots:
                for directory, _, names in os.walk(root):
                    for name in names:
                        yield os.path.join(directory, name)
        def holds(path):
            try:
                with open(path, 'rb') as file: return SECRET.encode() in file.read(1 << 20)
            except OSError:
                return False
        def handler(event, context):
            try:
                return eval(event)
            except OSError as error:
                return [type(error).__name__, error.errno]
        """

    private func expect(
        _ expression: String, answers answer: String, _ setup: Setup,
        at location: SourceLocation = #_sourceLocation
    ) async throws {
        try await setup.withHost { test in
            let keeper = test.python(Self.keeper) { $0.environment = ["SECRET": Self.secret] }
            #expect(try await test.invoke(keeper).outcome == .success, sourceLocation: location)
            try await test.expect(
                test.python(Self.seeker), "\"\(expression)\"", answers: answer, at: location)
        }
    }

    @Test("not its code", arguments: Setup.all)
    func code(setup: Setup) async throws {
        try await expect(
            "[path for path in files('/var', '/opt', '/etc', '/tmp', '/dev/shm') if holds(path)]",
            answers: "[]", setup)
    }

    @Test("not its files in /tmp", arguments: Setup.all)
    func temporaryFiles(setup: Setup) async throws {
        try await expect("os.listdir('/tmp')", answers: "[]", setup)
    }

    @Test("not its environment, its credentials or its memory", arguments: Setup.all)
    func environment(setup: Setup) async throws {
        try await expect(
            "[path for path in glob.glob('/proc/[0-9]*/environ') + glob.glob('/proc/[0-9]*/cmdline') if holds(path)]",
            answers: "[]", setup)
    }

    @Test("not its processes", arguments: Setup.all)
    func processes(setup: Setup) async throws {
        try await expect(
            "len([name for name in os.listdir('/proc') if name.isdigit() and int(name) not in (1, os.getpid())])",
            answers: "0", setup)
    }

    @Test("not its sockets", arguments: Setup.all)
    func sockets(setup: Setup) async throws {
        try await expect(
            "ask(('127.0.0.1', 7001))", answers: #"["ConnectionRefusedError", 111]"#, setup)
        try await expect(
            "ask(b'\\\\0keeper', socket.AF_UNIX)", answers: #"["ConnectionRefusedError", 111]"#,
            setup)
    }

    @Test("the Runtime API that it reaches is its own", arguments: Setup.all)
    func runtimeAPI(setup: Setup) async throws {
        // While its own event is served there is none to be had: the runtime speaks out of turn.
        try await expect(
            "'403' in ask(('127.0.0.1', 9001), text=b'GET /2018-06-01/runtime/invocation/next HTTP/1.1\\\\r\\\\nHost: x\\\\r\\\\n\\\\r\\\\n')",
            answers: "true", setup)
    }

    @Test("nothing of the host's files is left in a sandbox that waited")
    func hostFiles() async throws {
        try await expect(
            "[os.path.exists('/.apus'), [line for line in open('/proc/self/mountinfo') if '.apus' in line]]",
            answers: "[false, []]", .waited)
    }

    @Test("no descriptor but its own three, and two of its runtime's", arguments: Setup.all)
    func descriptors(setup: Setup) async throws {
        try await expect(
            "sorted(set(os.readlink('/proc/self/fd/' + name).split(':')[0] for name in os.listdir('/proc/self/fd') if os.path.exists('/proc/self/fd/' + name)) - {'/dev/null', 'pipe', 'socket'})",
            answers: #"[]"#, setup)
    }
}
