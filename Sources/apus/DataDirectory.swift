import Glibc
import Platform

/// Where a process keeps its data: a directory that lasts, or one that goes with the process.
struct DataDirectory {
    /// Why the directory cannot be used.
    struct Unusable: Error, CustomStringConvertible {
        let description: String
    }

    let path: String
    private let isEphemeral: Bool
    private let lock: Int32

    /// Makes the directory where there is none and claims it for this process.
    ///
    /// - Throws: `Unusable` when it cannot be made, or another Apus has it.
    init(_ path: String) throws {
        try Self.make(path)
        lock = open("\(path)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else {
            throw Unusable(description: "\(path) cannot be written: \(Self.reason)")
        }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            throw Unusable(description: "another Apus uses \(path)")
        }
        self.path = path
        self.isEphemeral = false
    }

    /// Makes a new directory that `remove()` deletes.
    init(ephemeral randomness: any Randomness) throws {
        let name = "/tmp/apus-\(randomness.string(12, from: .lowercaseAlphanumeric))"
        try Self.make(name)
        path = name
        isEphemeral = true
        lock = -1
    }

    /// Deletes an ephemeral directory; leaves one that lasts.
    func remove() {
        if isEphemeral { FileTree.remove(path) }
    }

    private static func make(_ path: String) throws {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += "\(part)/"
            guard mkdir(made, 0o700) == 0 || errno == EEXIST else {
                throw Unusable(description: "\(made) cannot be made: \(reason)")
            }
        }
    }

    private static var reason: String { String(cString: strerror(errno)) }
}
