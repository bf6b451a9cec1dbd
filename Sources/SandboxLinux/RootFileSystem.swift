import Sandbox

/// The files that a function sees. What is the same for every function of this host is found once.
struct RootFileSystem: Sendable {
    /// The user and group that Lambda's functions run as.
    static let user = 993
    static let group = 990

    /// The size of /tmp where nobody asks for another, in MiB.
    private static let temporaryMiB = 512

    private let base: SandboxSpecification

    /// - Parameter mountPoint: an empty directory on the host.
    init(mountPoint: String) {
        var base = SandboxSpecification()
        base.root(at: mountPoint)
        Self.addSystem(to: &base)
        Self.addDevices(to: &base)
        Self.addConfiguration(to: &base)
        base.processes(at: "/proc")
        self.base = base
    }

    /// What does not depend on the function: everything between the listening sockets and the program.
    func specification(for runtime: RuntimeProgram) -> SandboxSpecification {
        var files = base
        for path in runtime.files { files.bind(path, at: path) }
        if let bootstraps = runtime.bootstrapDirectory {
            files.bind(bootstraps, at: "/var/runtime")
        }
        // A runtime that starts before its function has these on the path of its libraries, where the loader looks once
        // whether they exist.
        files.directory("/var/task/lib")
        files.directory("/opt/lib")
        files.temporary("/tmp", mebibytes: Self.temporaryMiB)
        files.hostname("169-254-100-6")
        files.limits(
            openFiles: SandboxLimits.openFiles, processes: SandboxLimits.processes, dataBytes: 0)
        files.user(Self.user, group: Self.group, directory: "/var/task")
        files.enter()
        return files
    }

    /// What is the function's own.
    ///
    /// - Parameter dataBytes: the private memory of a process, or 0 for no limit.
    func specification(
        for deployment: FunctionDeployment, endpointHost: String, dataBytes: Int,
        extensions: [String]
    ) -> SandboxSpecification {
        var files = SandboxSpecification(isEntered: true)
        files.bind(deployment.codeDirectory, at: "/var/task")
        switch deployment.layerDirectories.count {
        case 0: break
        case 1: files.bind(deployment.layerDirectories[0], at: "/opt")
        default: files.overlay(deployment.layerDirectories.reversed(), at: "/opt")
        }
        if deployment.ephemeralStorageMiB != Self.temporaryMiB {
            files.resize("/tmp", mebibytes: deployment.ephemeralStorageMiB)
        }
        let names = (["localhost"] + (Self.isAddress(endpointHost) ? [] : [endpointHost]))
        files.file("/etc/hosts", text: "127.0.0.1 \(names.joined(separator: " "))\n")
        files.limits(
            openFiles: SandboxLimits.openFiles, processes: SandboxLimits.processes,
            dataBytes: dataBytes)
        files.leave()
        for name in extensions { files.extensionProgram("/opt/extensions/\(name)") }
        return files
    }

    /// The system's libraries and commands, and what they read: no configuration, no state, no home.
    private static func addSystem(to files: inout SandboxSpecification) {
        let shared = ["/usr/share/zoneinfo", "/usr/share/ca-certificates", "/usr/share/nodejs"]
        for path in ["/usr/bin", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libexec"] + shared
        where SystemCalls.isDirectory(path) {
            files.bind(path, at: path)
        }
        for path in ["/bin", "/lib", "/lib32", "/lib64", "/sbin"] {
            if let target = SystemCalls.linkTarget(path) {
                files.link(path, to: target)
            } else if SystemCalls.isDirectory(path) {
                files.bind(path, at: path)
            }
        }
    }

    private static func addDevices(to files: inout SandboxSpecification) {
        for name in ["null", "zero", "full", "random", "urandom"] { files.device("/dev/\(name)") }
        for (name, target) in [
            ("fd", "/proc/self/fd"), ("stdin", "/proc/self/fd/0"), ("stdout", "/proc/self/fd/1"),
            ("stderr", "/proc/self/fd/2"),
        ] {
            files.link("/dev/\(name)", to: target)
        }
    }

    private static func addConfiguration(to files: inout SandboxSpecification) {
        for path in [
            "/etc/ssl/certs", "/etc/ssl/openssl.cnf", "/etc/pki/tls/certs",
            "/etc/ca-certificates.conf", "/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime",
            "/etc/mime.types",
        ]
        where SystemCalls.exists(path) {
            files.bind(path, at: path)
        }
        files.file(
            "/etc/passwd",
            text: """
                root:x:0:0:root:/root:/bin/sh
                sbx_user1051:x:\(user):\(group)::/home/sbx_user1051:/sbin/nologin

                """)
        files.file("/etc/group", text: "root:x:0:\nsbx_group:x:\(group):\n")
        files.file("/etc/nsswitch.conf", text: "passwd: files\ngroup: files\nhosts: files dns\n")
        files.file("/etc/resolv.conf", text: "")
    }

    private static func isAddress(_ host: String) -> Bool {
        host.allSatisfy { "0123456789.:[]".contains($0) }
    }
}
