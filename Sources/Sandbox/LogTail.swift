/// The last bytes of an invocation's log, as `LogType=Tail` returns them.
package struct LogTail: Sendable {
    private var bytes: [UInt8] = []

    package init() {}

    /// Adds a message and the end of its line.
    package mutating func append(_ message: String) {
        bytes.append(contentsOf: message.utf8)
        if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
        // Cut seldom, so that a function that logs much does not move its log with every line.
        if bytes.count > 4 * SandboxLimits.logTailBytes { cut() }
    }

    /// Returns the tail and begins anew.
    package mutating func take() -> [UInt8] {
        cut()
        defer { bytes = [] }
        return bytes
    }

    private mutating func cut() {
        bytes.removeFirst(max(0, bytes.count - SandboxLimits.logTailBytes))
    }
}
