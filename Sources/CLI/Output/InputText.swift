import Glibc

/// What a command is given: as it stands, from a file, or from standard input.
enum InputText {
    private static let chunkBytes = 64 * 1024

    /// The bytes that `argument` stands for: `-` is standard input, `@path` a file, anything else itself.
    ///
    /// - Throws: `CommandFailure` where a file cannot be read.
    static func bytes(_ argument: String) throws -> [UInt8] {
        if argument == "-" { return try read(STDIN_FILENO, "standard input") }
        guard argument.hasPrefix("@") else { return Array(argument.utf8) }
        return try file(String(argument.dropFirst()))
    }

    /// The contents of a file.
    ///
    /// - Throws: `CommandFailure`.
    static func file(_ path: String) throws -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        return try read(file, path)
    }

    private static func read(_ file: Int32, _ name: String) throws -> [UInt8] {
        var contents: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: chunkBytes)
        while true {
            let count = Glibc.read(file, &chunk, chunkBytes)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(name) }
            if count == 0 { return contents }
            contents += chunk[..<count]
        }
    }

    private static func failure(_ name: String) -> CommandFailure {
        CommandFailure("\(name) cannot be read: \(String(cString: strerror(errno))).")
    }
}
