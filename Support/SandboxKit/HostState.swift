import Glibc

/// What a sandbox could leave behind on the host.
package struct HostState: Equatable {
    package var processes: [String]
    package var mounts: String
    package var groups: [String]

    /// Whether this user may make control groups.
    package static var hasControlGroups: Bool { getuid() == 0 }

    /// - Parameter marker: an argument of the processes that a test starts.
    package static func read(_ marker: String) -> HostState {
        let own = "\(getpid())"
        let processes = names(in: "/proc").filter { Int($0) != nil }.filter {
            text(of: "/proc/\($0)/cmdline").contains("sleep\0\(marker)")
        }
        let groups = groupDirectories().flatMap { directory in
            names(in: directory).filter { $0.hasPrefix("apus-\(own)-") }
        }
        return HostState(
            processes: processes, mounts: text(of: "/proc/self/mounts"), groups: groups)
    }

    /// Whether a child process of this one has ended, though nobody has asked for its status yet.
    package static func isDead(_ process: Int32) -> Bool {
        text(of: "/proc/\(process)/stat").split(separator: ")").last?.hasPrefix(" Z") ?? true
    }

    /// The shares of the CPU that this process's sandboxes have, in the kernel's own measure.
    package static func cpuShares() -> [Int] {
        groupDirectories().flatMap { directory in
            names(in: directory).filter { $0.hasPrefix("apus-\(getpid())-") }.compactMap { name in
                ["cpu.shares", "cpu.weight"].lazy.compactMap {
                    Int(text(of: "\(directory)/\(name)/\($0)").filter(\.isNumber))
                }.first
            }
        }
    }

    private static func groupDirectories() -> [String] {
        text(of: "/proc/self/cgroup").split(separator: "\n").map { line in
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            return "/sys/fs/cgroup/\(fields[1])\(fields[2])"
        }
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
