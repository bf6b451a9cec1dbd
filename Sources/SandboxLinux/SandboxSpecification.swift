import CSandbox

/// What a sandbox consists of, as the steps that CSandbox carries out (specification.c): a word and its
/// arguments, every one ended by a zero byte.
struct SandboxSpecification {
    private(set) var bytes: [UInt8] = []
    private var directories: Set<String> = []
    /// Where the host's files are when the steps are carried out.
    private let host: String

    /// - Parameter isEntered: whether the steps come after `enter`.
    init(isEntered: Bool = false) {
        host = isEntered ? "/.apus/host" : ""
    }

    /// Adds the steps of another specification.
    mutating func append(_ other: SandboxSpecification) {
        bytes += other.bytes
        directories.formUnion(other.directories)
    }

    /// Makes the new root in an empty directory of the host, which only lends its name.
    mutating func root(at mountPoint: String) { step("root", mountPoint) }

    /// Makes a directory and those above it. Paths in the new root are absolute here.
    mutating func directory(_ path: String) {
        guard path != "/", directories.insert(path).inserted else { return }
        directory(Self.parent(of: path))
        step("directory", inside(path))
    }

    /// Shows a file or directory of the host, read-only.
    mutating func bind(_ source: String, at target: String) {
        if SystemCalls.isDirectory(source) {
            directory(target)
        } else {
            file(target, text: "")
        }
        step("bind", host + source, inside(target))
    }

    /// Shows a device of the host.
    mutating func device(_ path: String) {
        file(path, text: "")
        step("device", path, inside(path))
    }

    /// Shows directories of the host as one, read-only; the first hides the others.
    mutating func overlay(_ sources: [String], at target: String) {
        directory(target)
        let escaped = sources.map { source in
            (host + source).reduce(into: "") { text, character in
                if ":\\,".contains(character) { text.append("\\") }
                text.append(character)
            }
        }
        step("overlay", "lowerdir=" + escaped.joined(separator: ":"), inside(target))
    }

    /// A file system in memory that anyone may write to.
    mutating func temporary(_ path: String, mebibytes: Int) {
        directory(path)
        step("tmpfs", inside(path), "size=\(mebibytes)m,mode=1777")
    }

    /// Changes the size of a file system in memory.
    mutating func resize(_ path: String, mebibytes: Int) {
        step("resize", inside(path), "size=\(mebibytes)m,mode=1777")
    }

    mutating func processes(at path: String) {
        directory(path)
        step("proc", inside(path))
    }

    mutating func link(_ path: String, to target: String) {
        directory(Self.parent(of: path))
        step("link", target, inside(path))
    }

    mutating func file(_ path: String, text: String) {
        directory(Self.parent(of: path))
        step("file", inside(path), text)
    }

    /// Listens on loopback; the sockets come to the server in the order of these steps.
    mutating func listen(port: Int) { step("listen", String(port)) }

    /// Ends the list of listening sockets.
    mutating func announce() { step("announce") }

    mutating func hostname(_ name: String) { step("hostname", name) }

    /// Makes the new root the root; the host's files are still there for what is bound later.
    mutating func enter() { step("enter") }

    /// Leaves the host's files for good.
    mutating func leave() { step("leave") }

    /// Starts the program, which waits on descriptor 0 for the variables of a function.
    mutating func start() { step("start") }

    /// Waits for a function, which comes as another specification.
    mutating func await() { step("await") }

    /// - Parameter dataBytes: the private memory of a process, or 0 for no limit.
    mutating func limits(openFiles: Int, processes: Int, dataBytes: Int) {
        step("limits", String(openFiles), String(processes), String(dataBytes))
    }

    mutating func user(_ user: Int, group: Int, directory: String) {
        step("user", String(user), String(group), directory)
    }

    mutating func program(_ path: String, arguments: [String], environment: [String: String]) {
        step("program", path)
        for argument in arguments { step("argument", argument) }
        variables(environment)
    }

    /// Executes a program of the function's beside its runtime, with its variables.
    mutating func extensionProgram(_ path: String) { step("extension", path) }

    mutating func variables(_ environment: [String: String]) {
        for (name, value) in environment.sorted(by: { $0.key < $1.key }) {
            step("variable", "\(name)=\(value)")
        }
    }

    /// The steps as a file in memory, which is the caller's.
    ///
    /// - Throws: `SystemCallError`.
    func memoryFile() throws -> Int32 {
        let file = bytes.withUnsafeBytes { csandbox_memory_file($0.baseAddress!, $0.count) }
        guard file >= 0 else { throw SystemCallError("memfd_create", code: -file) }
        return file
    }

    /// A zero byte inside an argument would begin another step, so none gets in.
    private mutating func step(_ words: String...) {
        for word in words {
            bytes.append(contentsOf: word.utf8.lazy.filter { $0 != 0 })
            bytes.append(0)
        }
    }

    private func inside(_ path: String) -> String { String(path.drop { $0 == "/" }) }

    private static func parent(of path: String) -> String {
        let slash = path.lastIndex(of: "/") ?? path.startIndex
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
