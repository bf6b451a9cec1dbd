package import Glibc

/// A directory that is gone after the test.
package final class TemporaryDirectory: Sendable {
    package let path: String

    package init() {
        var template = Array("/tmp/apus-sandbox-XXXXXX".utf8CString)
        path = String(cString: mkdtemp(&template))
        chmod(path, 0o755)
    }

    deinit {
        Self.remove(path)
    }

    private static func remove(_ path: String) {
        if let directory = opendir(path) {
            while let entry = readdir(directory) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                if name != "." && name != ".." { remove("\(path)/\(name)") }
            }
            closedir(directory)
        }
        Glibc.remove(path)
    }

    /// Makes or replaces a file.
    package func write(_ text: String, to name: String, mode: mode_t = 0o644) {
        let file = "\(path)/\(name)"
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        precondition(descriptor >= 0, "cannot write \(file)")
        var text = text
        let written = text.withUTF8 { Glibc.write(descriptor, $0.baseAddress!, $0.count) }
        precondition(written == text.utf8.count)
        close(descriptor)
    }

    /// Makes a directory in it.
    package func makeDirectory(_ name: String) { mkdir("\(path)/\(name)", 0o755) }
}
