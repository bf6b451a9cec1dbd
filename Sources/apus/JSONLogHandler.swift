import Glibc
import Logging
import Platform
import Wire

/// Writes each message as one line of JSON to standard error.
struct JSONLogHandler: LogHandler {
    let label: String
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    private static let clock = SystemClock()

    init(label: String) {
        self.label = label
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line: [String: Document] = [
            "time": .string(Self.clock.now.iso8601), "level": .string(event.level.rawValue),
            "message": .string("\(event.message)"),
        ]
        for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 }) {
            line[key] = .string("\(value)")
        }
        if let error = event.error { line["error"] = .string("\(error)") }
        var bytes = Document.object(line).json()
        bytes.append(UInt8(ascii: "\n"))
        _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
