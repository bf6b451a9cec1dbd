/// How a function's log is written (docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html).
package struct FunctionLogging: Sendable, Equatable {
    /// The least level of a line that is written.
    package enum Level: String, Sendable, Comparable, CaseIterable {
        case trace = "TRACE"
        case debug = "DEBUG"
        case info = "INFO"
        case warn = "WARN"
        case error = "ERROR"
        case fatal = "FATAL"

        package static func < (left: Level, right: Level) -> Bool {
            allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!
        }
    }

    /// Whether lines are JSON documents; else they are text, and of every level.
    package var isJSON: Bool
    /// The least level of the function's own lines.
    package var applicationLevel: Level
    /// The least level of Lambda's lines.
    package var systemLevel: Level

    package init(
        isJSON: Bool = false, applicationLevel: Level = .info, systemLevel: Level = .info
    ) {
        self.isJSON = isJSON
        self.applicationLevel = applicationLevel
        self.systemLevel = systemLevel
    }
}
