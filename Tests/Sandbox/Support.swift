import Glibc
import Logging
import Platform
import Sandbox
import SandboxLinux
import Synchronization
import Testing

/// Keeps what functions log.
final class RecordedLog: FunctionLogSink {
    private let messages = Mutex<[String]>([])

    func write(
        _ lines: [(time: Instant, message: String)], of deployment: FunctionDeployment,
        logStream: String
    ) {
        messages.withLock { $0 += lines.map(\.message) }
    }

    var text: String { messages.withLock { $0.joined(separator: "\n") } }
}

/// A directory that is gone after the test.
final class TemporaryDirectory: Sendable {
    let path: String

    init() {
        var template = Array("/tmp/apus-sandbox-XXXXXX".utf8CString)
        path = String(cString: mkdtemp(&template))
        chmod(path, 0o755)
    }

    deinit {
        Self.remove(path)
    }

    private static func remove(_ path: String) {
        if let directory = opendir(path) {
            while let entry = readdir(directory) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                if name != "." && name != ".." { remove("\(path)/\(name)") }
            }
            closedir(directory)
        }
        Glibc.remove(path)
    }

    func write(_ text: String, to name: String, mode: mode_t = 0o644) {
        let file = "\(path)/\(name)"
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        precondition(descriptor >= 0, "cannot write \(file)")
        var text = text
        let written = text.withUTF8 { Glibc.write(descriptor, $0.baseAddress!, $0.count) }
        precondition(written == text.utf8.count)
        close(descriptor)
    }

    func makeDirectory(_ name: String) { mkdir("\(path)/\(name)", 0o755) }
}

/// A host on this machine, for as long as `body` runs, with a log and a directory for code.
func withHost<Result>(
    configure: (inout LinuxFunctionHost.Configuration) -> Void = { _ in },
    clock: any Clock = SystemClock(),
    _ body: (TestHost) async throws -> Result
) async throws -> Result {
    let directory = TemporaryDirectory()
    var configuration = LinuxFunctionHost.Configuration(
        scratchDirectory: "\(directory.path)/scratch", endpointPort: 4566,
        takesNearestRuntime: true, warmMiB: 0)
    configure(&configuration)
    let log = RecordedLog()
    let host = try LinuxFunctionHost(
        configuration, clock: clock, randomness: SystemRandomness(), logSink: log,
        logger: Logger(label: "test"))
    let test = TestHost(host: host, log: log, directory: directory)
    do {
        let result = try await body(test)
        await host.stop()
        return result
    } catch {
        await host.stop()
        throw error
    }
}

/// A host and what belongs to it.
struct TestHost {
    let host: LinuxFunctionHost
    let log: RecordedLog
    let directory: TemporaryDirectory

    /// Writes code and describes its deployment.
    func deploy(
        _ runtime: String, handler: String = "app.handler", files: [String: String],
        configure: (inout FunctionDeployment) -> Void = { _ in }
    ) -> FunctionDeployment {
        let id = SystemRandomness().uuid()
        directory.makeDirectory(id)
        for (name, text) in files {
            directory.write(text, to: "\(id)/\(name)", mode: 0o755)
        }
        var deployment = FunctionDeployment(
            id: id, functionName: "test", functionVersion: "$LATEST", accountID: "000000000000",
            region: "us-east-1", runtime: runtime, handler: handler,
            codeDirectory: "\(directory.path)/\(id)", timeout: .seconds(10),
            logGroup: "/aws/lambda/test",
            credentials: FunctionCredentials(
                accessKeyID: "ASIATEST", secretAccessKey: "secret", sessionToken: "token"),
            endpointURL: "http://127.0.0.1:4566")
        configure(&deployment)
        return deployment
    }

    /// A Python function with this code in app.py.
    func python(
        _ code: String, configure: (inout FunctionDeployment) -> Void = { _ in }
    ) -> FunctionDeployment {
        deploy("python3.11", files: ["app.py": code], configure: configure)
    }

    func invoke(_ deployment: FunctionDeployment, _ payload: String = "{}") async throws
        -> InvocationResult
    {
        try await host.invoke(Self.event(payload), of: deployment)
    }

    /// Expects this answer.
    func expect(
        _ deployment: FunctionDeployment, _ payload: String = "{}", answers answer: String,
        at location: SourceLocation = #_sourceLocation
    ) async throws {
        let result = try await invoke(deployment, payload)
        #expect(result.text == answer, sourceLocation: location)
    }

    static func event(_ payload: String = "{}") -> Invocation {
        Invocation(
            requestID: SystemRandomness().uuid(),
            invokedFunctionARN: "arn:aws:lambda:us-east-1:000000000000:function:test",
            payload: Array(payload.utf8))
    }
}

extension InvocationResult {
    var text: String { String(decoding: payload, as: UTF8.self) }
    var tail: String { String(decoding: logTail, as: UTF8.self) }
}

/// What a sandbox could leave behind on the host.
struct HostState: Equatable {
    var processes: [String]
    var mounts: String
    var groups: [String]

    /// Whether this user may make control groups.
    static var hasControlGroups: Bool { getuid() == 0 }

    /// - Parameter marker: an argument of the processes that a test starts.
    static func read(_ marker: String) -> HostState {
        let own = "\(getpid())"
        let processes = names(in: "/proc").filter { Int($0) != nil }.filter {
            text(of: "/proc/\($0)/cmdline").contains("sleep\0\(marker)")
        }
        var groups: [String] = []
        for line in text(of: "/proc/self/cgroup").split(separator: "\n") {
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            let directory = "/sys/fs/cgroup/\(fields[1])\(fields[2])"
            groups += names(in: directory).filter { $0.hasPrefix("apus-\(own)-") }
        }
        return HostState(
            processes: processes, mounts: text(of: "/proc/self/mounts"), groups: groups)
    }

    private static func names(in path: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(
                withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        return names.sorted()
    }

    private static func text(of path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64 * 1024)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}

/// Looks again and again until `condition` holds.
func waitUntil(_ condition: () -> Bool, at location: SourceLocation = #_sourceLocation) async throws
{
    for _ in 0..<6000 {
        if condition() { return }
        try await SystemClock().sleep(for: .milliseconds(10))
    }
    Issue.record("it never came", sourceLocation: location)
}
