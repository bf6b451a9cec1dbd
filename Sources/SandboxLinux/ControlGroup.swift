import Glibc

/// The control group of one sandbox. Its files are opened once: freezing, thawing and reading are one
/// system call each.
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
    private let cpuShare: (path: String, value: @Sendable (Int) -> String)?
    private let memoryPath: String?

    /// Makes the directories, writes the settings and opens the files; removes the directories again when
    /// that fails.
    ///
    /// - Parameters:
    ///   - frozen: the file that freezes, and what to write to freeze and to thaw.
    ///   - peak: the file with the most memory that was used, in bytes.
    ///   - kills: the file with a line `oom_kill N`.
    ///   - cpuShare: the file that `applyCPUShare` writes, and what for how much memory.
    ///   - memory: the file that `limitMemory` writes.
    static func make(
        directories: [String], frozen: (path: String, freeze: String, thaw: String)?,
        peak: String?, kills: String?, cpuShare: (path: String, value: @Sendable (Int) -> String)?,
        memory: String?, settings: [(path: String, value: String)]
    ) throws -> ControlGroup {
        var opened: [Int32] = []
        func open(_ path: String, _ flags: Int32) throws -> Int32 {
            let descriptor = try SystemCalls.open(path, flags)
            opened.append(descriptor)
            return descriptor
        }
        do {
            for directory in directories where mkdir(directory, 0o755) != 0 {
                throw SystemCallError("mkdir \(directory)")
            }
            for setting in settings { try SystemCalls.write(setting.value, to: setting.path) }
            // Kernels before 5.19 have no memory.peak.
            let peak = peak.flatMap { SystemCalls.exists($0) ? $0 : nil }
            return ControlGroup(
                directories: directories,
                joinDescriptors: try directories.map { try open("\($0)/cgroup.procs", O_WRONLY) },
                thaw: try frozen.map { (try open($0.path, O_RDWR), $0.thaw) },
                freezeText: frozen?.freeze ?? "",
                peakDescriptor: try peak.map { try open($0, O_RDONLY) },
                killsDescriptor: try kills.map { try open($0, O_RDONLY) },
                cpuShare: cpuShare, memoryPath: memory)
        } catch {
            for descriptor in opened { close(descriptor) }
            for directory in directories { rmdir(directory) }
            throw error
        }
    }

    private init(
        directories: [String] = [], joinDescriptors: [Int32] = [],
        thaw: (descriptor: Int32, text: String)? = nil, freezeText: String = "",
        peakDescriptor: Int32? = nil, killsDescriptor: Int32? = nil,
        cpuShare: (path: String, value: @Sendable (Int) -> String)? = nil, memoryPath: String? = nil
    ) {
        self.cpuShare = cpuShare
        self.memoryPath = memoryPath
        self.directories = directories
        self.joinDescriptors = joinDescriptors
        self.thaw = thaw
        self.freezeText = freezeText
        self.peakDescriptor = peakDescriptor
        self.killsDescriptor = killsDescriptor
    }

    deinit {
        for descriptor in joinDescriptors { close(descriptor) }
        for case let descriptor? in [thaw?.descriptor, peakDescriptor, killsDescriptor] {
            close(descriptor)
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

    /// Gives the group the share of the CPU that so much memory is worth. Until then it has as much as any
    /// process of the host, as the init phase has on AWS.
    func applyCPUShare(memoryMiB: Int) {
        // A share that cannot be set changes how fast the function is, and nothing else.
        if let cpuShare { try? SystemCalls.write(cpuShare.value(memoryMiB), to: cpuShare.path) }
    }

    /// Limits the memory of all its processes together.
    func limitMemory(mebibytes: Int) throws {
        if let memoryPath {
            try SystemCalls.write(String(mebibytes * 1024 * 1024), to: memoryPath)
        }
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

    /// Removes the directories. Returns whether they are gone; the kernel needs a moment after the last
    /// process.
    func remove() -> Bool {
        directories.map { rmdir($0) == 0 || errno == ENOENT }.allSatisfy { $0 }
    }
}
