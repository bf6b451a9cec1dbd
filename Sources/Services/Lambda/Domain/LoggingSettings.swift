import LambdaModel
import Wire

/// Where and how a function logs.
struct LoggingSettings: Sendable, Equatable {
    var format = "Text"
    /// The log group where the owner chose one.
    var group: String?

    init() {}

    /// Takes over what a request says.
    ///
    /// - Throws: `NotImplemented` for what is not served.
    mutating func apply(_ config: LoggingConfig) throws {
        if config.logFormat == "JSON" { throw LambdaRefusal.notServed("LogFormat JSON") }
        if config.applicationLogLevel != nil || config.systemLogLevel != nil {
            throw LambdaRefusal.invalidParameter(
                "ApplicationLogLevel and SystemLogLevel can only be set when LogFormat is JSON.")
        }
        format = config.logFormat ?? format
        group = config.logGroup ?? group
    }

    /// The log group of a function called `name`.
    func group(ofFunction name: String) -> String { group ?? "/aws/lambda/\(name)" }

    init(_ document: Document) {
        format = document["format"]?.stringValue ?? "Text"
        group = document["group"]?.stringValue
    }

    var document: Document {
        var members: [String: Document] = ["format": .string(format)]
        members["group"] = group.map { .string($0) }
        return .object(members)
    }
}
