import Glibc
import Sandbox
import Synchronization

/// Where this host lets us limit what sandboxes use: cgroup v2, else v1, else nowhere.
enum ControlGroups: Sendable {
    /// One hierarchy; the directory that sandboxes' groups are made in.
    case unified(directory: String)
    /// A hierarchy for each controller, with the directory of each.
    case controllers([String: String])
    /// Nothing can be written: plain resource limits, and SIGSTOP in place of freezing.
    case unavailable

    private static let mountPoint = "/sys/fs/cgroup"
    /// How many groups this process has made, whichever host they were for: their names must differ.
    private static let made = Atomic<UInt64>(0)
    private static let wanted = ["memory", "cpu", "pids", "freezer"]

    /// Finds out, and removes the groups that servers left which are gone.
    static func find() -> ControlGroups {
        let own = ownGroups()
        if SystemCalls.exists("\(mountPoint)/cgroup.controllers") {
            let directory = mountPoint + (own[""] ?? "/")
            guard prepareUnified(directory) else { return .unavailable }
            sweep(directory)
            return .unified(directory: directory)
        }
        var directories: [String: String] = [:]
        for controller in wanted {
            let directory = "\(mountPoint)/\(controller)" + (own[controller] ?? "/")
            guard access("\(directory)/cgroup.procs", W_OK) == 0 else { continue }
            sweep(directory)
            directories[controller] = directory
        }
        return directories["memory"] == nil ? .unavailable : .controllers(directories)
    }

    /// Makes the group of one sandbox, which limits everything but memory so far.
    func makeGroup() throws -> ControlGroup {
        let name = "apus-\(getpid())-\(Self.made.add(1, ordering: .relaxed).newValue)"
        let cpuShares: @Sendable (Int) -> Int = { memoryMiB in
            max(2, 1024 * memoryMiB / SandboxLimits.memoryMiBPerCPU)
        }
        switch self {
        case .unavailable:
            return ControlGroup.none
        case .unified(let parent):
            let directory = "\(parent)/\(name)"
            return try ControlGroup.make(
                directories: [directory], frozen: ("\(directory)/cgroup.freeze", "1", "0"),
                peak: "\(directory)/memory.peak", kills: "\(directory)/memory.events",
                cpuShare: (
                    "\(directory)/cpu.weight",
                    { String(min(10_000, max(1, cpuShares($0) * 100 / 1024))) }
                ),
                memory: "\(directory)/memory.max",
                settings: [("\(directory)/pids.max", String(SandboxLimits.processes))])
        case .controllers(let parents):
            let directories = parents.mapValues { "\($0)/\(name)" }
            var settings: [(String, String)] = []
            if let pids = directories["pids"] {
                settings.append(("\(pids)/pids.max", String(SandboxLimits.processes)))
            }
            return try ControlGroup.make(
                directories: Array(directories.values),
                frozen: directories["freezer"].map { ("\($0)/freezer.state", "FROZEN", "THAWED") },
                peak: directories["memory"].map { "\($0)/memory.max_usage_in_bytes" },
                kills: directories["memory"].map { "\($0)/memory.oom_control" },
                cpuShare: directories["cpu"].map {
                    ("\($0)/cpu.shares", { String(cpuShares($0)) })
                },
                memory: directories["memory"].map { "\($0)/memory.limit_in_bytes" },
                settings: settings)
        }
    }

    /// Controllers of v2 reach children only from a group without processes of its own, so the server moves
    /// into a leaf.
    private static func prepareUnified(_ directory: String) -> Bool {
        let controllers = SystemCalls.text(of: "\(directory)/cgroup.controllers") ?? ""
        let usable = ["memory", "pids", "cpu"].filter(
            Set(controllers.split(whereSeparator: \.isWhitespace).map(String.init)).contains)
        guard usable.contains("memory") else { return false }
        let enable = usable.map { "+\($0)" }.joined(separator: " ")
        let control = "\(directory)/cgroup.subtree_control"
        if (try? SystemCalls.write(enable, to: control)) != nil { return true }
        let leaf = "\(directory)/apus.server"
        guard mkdir(leaf, 0o755) == 0 || errno == EEXIST else { return false }
        return (try? SystemCalls.write("\(getpid())", to: "\(leaf)/cgroup.procs")) != nil
            && (try? SystemCalls.write(enable, to: control)) != nil
    }

    /// Names of groups say whose they are: `apus-<pid>-<number>`.
    private static func sweep(_ directory: String) {
        for name in SystemCalls.names(in: directory) {
            let parts = name.split(separator: "-")
            guard parts.count == 3, parts[0] == "apus", let owner = pid_t(parts[1]),
                kill(owner, 0) != 0, errno == ESRCH
            else { continue }
            // Its sandboxes ended with it; a group that still has processes is not empty and stays.
            rmdir("\(directory)/\(name)")
        }
    }

    /// The groups of this process by controller; v2's under the empty name.
    private static func ownGroups() -> [String: String] {
        var groups: [String: String] = [:]
        for line in (SystemCalls.text(of: "/proc/self/cgroup") ?? "").split(separator: "\n") {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            for controller in fields[1].split(separator: ",", omittingEmptySubsequences: false) {
                groups[String(controller)] = String(fields[2])
            }
        }
        return groups
    }
}
