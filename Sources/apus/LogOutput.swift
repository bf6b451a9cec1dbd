import CLI
import Logging

/// Where the log goes: standard error, as lines for a person or as JSON for a program.
enum LogOutput {
    /// Sets the process's log up; called once.
    static func bootstrap(_ configuration: Configuration) {
        let (level, format) = (configuration.logLevel, configuration.logFormat)
        LoggingSystem.bootstrap { label in
            var handler: any LogHandler =
                switch format {
                case .text: StreamLogHandler.standardError(label: label)
                case .json: JSONLogHandler(label: label)
                }
            handler.logLevel = level
            return handler
        }
    }
}
