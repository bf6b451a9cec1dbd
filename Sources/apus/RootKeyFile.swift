import CLI
import Glibc
import Platform
import ServiceKit
import Wire

/// The file of the root key: 32 bytes in Base64, open to its owner alone.
enum RootKeyFile {
    /// Why there is no root key.
    struct Unusable: Error, CustomStringConvertible {
        let description: String
    }

    /// The root key of a process: that of the file that the configuration names, or that of the data directory, made where
    /// there is none; a new one where nothing is kept.
    ///
    /// - Throws: `Unusable`.
    static func key(
        _ configuration: Configuration, in data: DataDirectory, randomness: any Randomness
    ) throws -> RootKey {
        if let path = configuration.rootKeyPath { return try read(path) }
        if configuration.isEphemeral { return RootKey(randomness.bytes(RootKey.byteCount)) }
        let path = "\(data.path)/root.key"
        if access(path, F_OK) != 0 {
            try make(path, of: randomness.bytes(RootKey.byteCount))
        }
        return try read(path)
    }

    private static func read(_ path: String) throws -> RootKey {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Unusable(description: "\(path) cannot be read: \(reason)") }
        defer { close(file) }
        // More than the text of a key, to tell one from what is too long.
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = Glibc.read(file, &buffer, buffer.count)
        let text = buffer.prefix(max(0, count)).filter { $0 > UInt8(ascii: " ") }
        guard let bytes = Base64.decode(text), bytes.count == RootKey.byteCount else {
            throw Unusable(
                description: """
                    \(path) holds no root key, which is 32 bytes in Base64. \
                    Make one with: head -c 32 /dev/urandom | base64 > \(path)
                    """)
        }
        return RootKey(bytes)
    }

    /// Writes a new key under another name first, so that a crash leaves no half of one.
    private static func make(_ path: String, of bytes: [UInt8]) throws {
        let temporary = "\(path).new"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw Unusable(description: "\(temporary) cannot be written: \(reason)")
        }
        let text = Array((Base64.encode(bytes) + "\n").utf8)
        let isWritten = write(file, text, text.count) == text.count && fsync(file) == 0
        close(file)
        guard isWritten, rename(temporary, path) == 0, syncDirectory(of: path) else {
            throw Unusable(description: "\(path) cannot be written: \(reason)")
        }
    }

    /// The name of a new file lasts once its directory is on disk.
    private static func syncDirectory(of path: String) -> Bool {
        let end = path.lastIndex(of: "/") ?? path.startIndex
        let directory = open(String(path[..<end]), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { return false }
        defer { close(directory) }
        return fsync(directory) == 0
    }

    private static var reason: String { String(cString: strerror(errno)) }
}
