import LambdaModel
import Sandbox
import Wire

/// Where and how a function logs.
struct LoggingSettings: Sendable, Equatable {
    /// `Text` or `JSON`.
    var format = "Text"
    /// The least level of the function's own lines that are kept, with the format `JSON`.
    var applicationLevel: String?
    /// The least level of Lambda's lines that are kept, with the format `JSON`.
    var systemLevel: String?
    /// The log group where the owner chose one.
    var group: String?

    init() {}

    /// Takes over what a request says.
    ///
    /// - Throws: `InvalidParameterValueException` for levels without `JSON`.
    mutating func apply(_ config: LoggingConfig) throws {
        format = config.logFormat ?? format
        group = config.logGroup ?? group
        guard format == "JSON" else {
            if config.applicationLogLevel != nil || config.systemLogLevel != nil {
                throw LambdaRefusal.invalidParameter(
                    "ApplicationLogLevel and SystemLogLevel can only be set when LogFormat is "
                        + "JSON.")
            }
            applicationLevel = nil
            systemLevel = nil
            return
        }
        applicationLevel = config.applicationLogLevel ?? applicationLevel ?? "INFO"
        systemLevel = config.systemLogLevel ?? systemLevel ?? "INFO"
    }

    /// The log group of a function called `name`.
    func group(ofFunction name: String) -> String { group ?? "/aws/lambda/\(name)" }

    /// The settings as sandboxes follow them.
    var sandbox: FunctionLogging {
        FunctionLogging(
            isJSON: format == "JSON",
            applicationLevel: applicationLevel.flatMap { .init(rawValue: $0) } ?? .info,
            systemLevel: systemLevel.flatMap { .init(rawValue: $0) } ?? .info)
    }

    /// The settings as the API answers them.
    func model(ofFunction name: String) -> LoggingConfig {
        LoggingConfig(
            logFormat: format, applicationLogLevel: applicationLevel, systemLogLevel: systemLevel,
            logGroup: group(ofFunction: name))
    }

    init(_ document: Document) {
        format = document["format"]?.stringValue ?? "Text"
        applicationLevel = document["applicationLevel"]?.stringValue
        systemLevel = document["systemLevel"]?.stringValue
        group = document["group"]?.stringValue
    }

    var document: Document {
        var members: [String: Document] = ["format": .string(format)]
        members["applicationLevel"] = applicationLevel.map { .string($0) }
        members["systemLevel"] = systemLevel.map { .string($0) }
        members["group"] = group.map { .string($0) }
        return .object(members)
    }
}
