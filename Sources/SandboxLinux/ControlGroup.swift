import Glibc

/// The control group of one sandbox. Its files are opened once: freezing, thawing and reading are one system call each.
final class ControlGroup: Sendable {
    /// For hosts without control groups.
    static var none: ControlGroup { ControlGroup() }

    /// `cgroup.procs` of each directory, which the runtime writes itself into.
    let joinDescriptors: [Int32]
    /// The file that thaws, and what to write to it.
    let thaw: (descriptor: Int32, text: String)?
    private let freezeText: String
    private let peakDescriptor: Int32?
    private let killsDescriptor: Int32?
    private let directories: [String]

    /// Makes the directories, writes the settings and opens the files.
    ///
    /// - Parameters:
    ///   - frozen: the file that freezes, and what to write to freeze and to thaw.
    ///   - peak: the file with the most memory that was used, in bytes.
    ///   - kills: the file with a line `oom_kill N`.
    init(
        directories: [String], frozen: (path: String, freeze: String, thaw: String)?,
        peak: String?, kills: String?, settings: [(path: String, value: String)]
    ) throws {
        self.directories = directories
        for directory in directories where mkdir(directory, 0o755) != 0 && errno != EEXIST {
            throw SystemCallError("mkdir \(directory)")
        }
        for setting in settings { try SystemCalls.write(setting.value, to: setting.path) }
        joinDescriptors = try directories.map { try SystemCalls.open("\($0)/cgroup.procs", O_WRONLY) }
        thaw = try frozen.map { (try SystemCalls.open($0.path, O_RDWR), $0.thaw) }
        freezeText = frozen?.freeze ?? ""
        peakDescriptor = try peak.flatMap {
            SystemCalls.exists($0) ? try SystemCalls.open($0, O_RDONLY) : nil
        }
        killsDescriptor = try kills.map { try SystemCalls.open($0, O_RDONLY) }
    }

    private init() {
        directories = []
        joinDescriptors = []
        thaw = nil
        freezeText = ""
        peakDescriptor = nil
        killsDescriptor = nil
    }

    deinit {
        let thawDescriptor = thaw.map { [$0.descriptor] } ?? []
        for descriptor in joinDescriptors + thawDescriptor { close(descriptor) }
        for descriptor in [peakDescriptor, killsDescriptor] {
            if let descriptor { close(descriptor) }
        }
    }

    /// Whether memory is limited here, rather than by a limit of each process.
    var limitsMemory: Bool { !directories.isEmpty }

    /// Stops or resumes every process of the group. Returns whether the group can.
    func setFrozen(_ isFrozen: Bool) -> Bool {
        guard let thaw else { return false }
        var text = isFrozen ? freezeText : thaw.text
        return text.withUTF8 { pwrite(thaw.descriptor, $0.baseAddress!, $0.count, 0) > 0 }
    }

    /// The most memory that was used so far, in bytes.
    var peakBytes: Int? {
        peakDescriptor.flatMap { SystemCalls.text(of: $0, limit: 64) }
            .flatMap { Int($0.prefix { $0.isNumber }) }
    }

    /// Whether the kernel killed a process of the group for its memory.
    var ranOutOfMemory: Bool {
        let text = killsDescriptor.flatMap { SystemCalls.text(of: $0, limit: 512) } ?? ""
        return text.split(separator: "\n").contains {
            $0.hasPrefix("oom_kill ") && $0 != "oom_kill 0"
        }
    }

    /// Removes the directories. Returns whether they are gone; the kernel needs a moment after the last process.
    func remove() -> Bool {
        directories.map { rmdir($0) == 0 || errno == ENOENT }.allSatisfy { $0 }
    }
}
