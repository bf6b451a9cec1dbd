package import Platform
package import Sandbox
import Synchronization

/// Keeps what functions log.
package final class RecordedLog: FunctionLogSink {
    private let messages = Mutex<[String]>([])

    package init() {}

    package func write(
        _ lines: [(time: Instant, message: String)], of deployment: FunctionDeployment,
        logStream: String
    ) {
        messages.withLock { $0 += lines.map(\.message) }
    }

    /// All of it, a line a message.
    package var text: String { messages.withLock { $0.joined(separator: "\n") } }
}
