import Glibc

/// The runtimes of this machine: interpreters are looked for once, where distributions and version managers
/// put them.
struct RuntimeCatalog: Sendable {
    /// An interpreter with the version that its runtime is named by.
    private struct Interpreter {
        var path: String
        var files: [String]
        /// 12 of Python 3.12; 22 of Node.js 22.
        var version: Int
    }

    private let python: [Interpreter]
    private let node: [Interpreter]
    private let bootstraps: String
    private let takesNearest: Bool

    /// - Parameters:
    ///   - bootstraps: the directory with our bootstraps, one for each language.
    ///   - takesNearest: whether another version serves where the one that is asked for is missing.
    init(bootstraps: String, takesNearest: Bool) {
        self.bootstraps = bootstraps
        self.takesNearest = takesNearest
        let home = getenv("HOME").map { String(cString: $0) } ?? "/root"
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        let common = path.split(separator: ":").map(String.init) + ["/usr/local/bin", "/usr/bin"]
        func installed(under root: String) -> [String] {
            SystemCalls.names(in: root).map { "\(root)/\($0)/bin" }
        }
        python = Self.findPython(in: common + installed(under: "\(home)/.pyenv/versions"))
        node = Self.findNode(in: common + installed(under: "\(home)/.nvm/versions/node"))
    }

    /// Lambda's identifiers of what is here.
    var identifiers: Set<String> {
        Set(python.map { "python3.\($0.version)" } + node.map { "nodejs\($0.version).x" })
            .union(["provided", "provided.al2", "provided.al2023"])
    }

    /// What to execute for a runtime; `nil` where it is not here.
    func program(for identifier: String) -> RuntimeProgram? {
        if identifier == "provided" || identifier.hasPrefix("provided.") {
            return RuntimeProgram(
                identifier: identifier, command: [], files: [], bootstrapDirectory: nil,
                version: identifier.replacing(".", with: ":"))
        }
        if identifier.hasPrefix("python3."), let wanted = Int(identifier.dropFirst(8)) {
            return choose(wanted, among: python, named: { "Python 3.\($0)" }).map {
                interpreter, warning in
                RuntimeProgram(
                    identifier: identifier,
                    command: [interpreter.path, "-S", "/var/runtime/bootstrap.py"],
                    files: interpreter.files, bootstrapDirectory: "\(bootstraps)/python",
                    version: "python:3.\(interpreter.version)", warning: warning)
            }
        }
        if identifier.hasPrefix("nodejs"),
            let wanted = Int(identifier.dropFirst(6).prefix { $0 != "." })
        {
            return choose(wanted, among: node, named: { "Node.js \($0)" }).map {
                interpreter, warning in
                RuntimeProgram(
                    identifier: identifier,
                    command: [interpreter.path, "/var/runtime/bootstrap.mjs"],
                    files: interpreter.files, bootstrapDirectory: "\(bootstraps)/nodejs",
                    version: "nodejs:\(interpreter.version)", warning: warning)
            }
        }
        return nil
    }

    private func choose(
        _ wanted: Int, among interpreters: [Interpreter], named name: (Int) -> String
    ) -> (Interpreter, String?)? {
        if let exact = interpreters.first(where: { $0.version == wanted }) { return (exact, nil) }
        let nearest = interpreters.min {
            (abs($0.version - wanted), $0.version) < (abs($1.version - wanted), $1.version)
        }
        guard takesNearest, let nearest else { return nil }
        let warning =
            "\(name(wanted)) is not on this machine; \(name(nearest.version)) runs instead"
        return (nearest, warning)
    }

    /// Python 3.8 and later, an interpreter with boto3 before one without.
    private static func findPython(in directories: [String]) -> [Interpreter] {
        (8...14).compactMap { version in
            let found = directories.compactMap { python(version, in: $0) }
            return found.first(where: \.hasBoto3)?.interpreter ?? found.first?.interpreter
        }
    }

    private static func python(_ version: Int, in directory: String)
        -> (interpreter: Interpreter, hasBoto3: Bool)?
    {
        guard let path = executable("\(directory)/python3.\(version)") else { return nil }
        // The prefix is where the standard library is; without one this is no whole interpreter.
        guard let prefix = path.range(of: "/bin/").map({ String(path[..<$0.lowerBound]) }),
            SystemCalls.exists("\(prefix)/lib/python3.\(version)/os.py")
        else { return nil }
        let local = "/usr/local/lib/python3.\(version)"
        var files = prefix == "/usr" ? [] : [path, "\(prefix)/lib"]
        if prefix == "/usr", SystemCalls.isDirectory(local) { files.append(local) }
        let packages = [
            "\(prefix)/lib/python3.\(version)/site-packages", "\(prefix)/lib/python3/dist-packages",
            "\(local)/dist-packages",
        ]
        let hasBoto3 = packages.contains { SystemCalls.isDirectory("\($0)/boto3") }
        return (Interpreter(path: path, files: files, version: version), hasBoto3)
    }

    private static func findNode(in directories: [String]) -> [Interpreter] {
        var found: [Interpreter] = []
        for directory in directories {
            guard let path = executable("\(directory)/node"), let version = nodeVersion(of: path),
                !found.contains(where: { $0.version == version })
            else { continue }
            let files = path.hasPrefix("/usr/bin/") ? [] : [path]
            found.append(Interpreter(path: path, files: files, version: version))
        }
        return found
    }

    /// The major version, from the header that is installed beside node; executing it would take longer
    /// than the rest of the start.
    private static func nodeVersion(of path: String) -> Int? {
        guard let bin = path.range(of: "/bin/node") else { return nil }
        let header = path[..<bin.lowerBound] + "/include/node/node_version.h"
        let key = "#define NODE_MAJOR_VERSION "
        let line = SystemCalls.text(of: String(header))?.split(separator: "\n")
            .first { $0.hasPrefix(key) }
        if let line { return Int(line.dropFirst(key.count)) }
        // A version manager names the directory: …/v22.1.0/bin/node.
        let directory = path[..<bin.lowerBound].split(separator: "/").last ?? ""
        return directory.hasPrefix("v") ? Int(directory.dropFirst().prefix { $0 != "." }) : nil
    }

    /// The real program behind a path. Shims of version managers are scripts, which do not work in a sandbox.
    private static func executable(_ path: String) -> String? {
        guard SystemCalls.isExecutable(path), let real = SystemCalls.realPath(path),
            let file = try? SystemCalls.open(real, O_RDONLY)
        else { return nil }
        defer { close(file) }
        var magic: [UInt8] = [0, 0, 0, 0]
        return read(file, &magic, 4) == 4 && magic == [0x7F, 0x45, 0x4C, 0x46] ? real : nil
    }
}

extension String {
    /// Where `text` occurs last.
    fileprivate func range(of text: String) -> Range<String.Index>? {
        ranges(of: text).last
    }
}
