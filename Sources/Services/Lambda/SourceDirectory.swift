import Glibc
import Platform

/// A directory of this machine that a function runs from while its owner works on it. Its methods block.
struct SourceDirectory: Sendable, Equatable {
    /// The bucket whose keys are directories, in the development profile.
    static let bucket = "hot-reload"
    /// Files that are looked at.
    private static let entries = 20_000

    let path: String

    /// The directory at `path`, which is absolute; `nil` where there is none.
    init?(_ path: String) {
        var status = stat()
        guard path.hasPrefix("/"), stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR
        else { return nil }
        self.path = path
    }

    /// A number that is another one after a file was written, made or deleted.
    func stamp() -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var rest = [path]
        var count = 0
        func add(_ value: UInt64) { hash = (hash ^ value) &* 0x0000_0100_0000_01B3 }
        while let next = rest.popLast(), count < Self.entries {
            count += 1
            var status = stat()
            guard stat(next, &status) == 0 else { continue }
            for byte in next.utf8 { add(UInt64(byte)) }
            add(UInt64(status.st_ino))
            add(UInt64(bitPattern: Int64(status.st_size)))
            add(UInt64(bitPattern: Int64(status.st_mtim.tv_sec)))
            add(UInt64(bitPattern: Int64(status.st_mtim.tv_nsec)))
            if status.st_mode & S_IFMT == S_IFDIR {
                rest += FileTree.names(in: next).sorted().map { "\(next)/\($0)" }
            }
        }
        return hash
    }
}
