import LambdaModel
import Platform
import ServiceKit
import Wire

/// What becomes of the asynchronous events of a version or alias.
struct EventInvokeConfig: Sendable, Equatable {
    /// How often an event is tried again that the function fails on; `nil` for the default.
    var retries: Int?
    /// How long an event is kept; `nil` for the default.
    var ageSeconds: Int?
    /// Where the record of an event goes that was worked on.
    var onSuccess: String?
    /// Where the record of an event goes that was given up.
    var onFailure: String?

    init() {}

    /// Takes over what a request says, and nothing else.
    ///
    /// - Throws: `InvalidParameterValueException` where it says nothing, or names what is no destination.
    mutating func apply(
        retries: Int?, ageSeconds: Int?, destinations: DestinationConfig?, of key: FunctionKey
    ) throws {
        guard retries != nil || ageSeconds != nil || destinations != nil else {
            throw LambdaRefusal.invalidParameter(
                "You must specify at least one of error handling or destination setting.")
        }
        self.retries = retries ?? self.retries
        self.ageSeconds = ageSeconds ?? self.ageSeconds
        if let destination = destinations?.onSuccess {
            onSuccess = try Self.destination(destination.destination, of: key)
        }
        if let destination = destinations?.onFailure {
            onFailure = try Self.destination(destination.destination, of: key)
        }
    }

    private static func destination(_ text: String?, of key: FunctionKey) throws -> String? {
        guard let text, !text.isEmpty else { return nil }
        guard let arn = ARN(text), ["events", "lambda", "s3", "sns", "sqs"].contains(arn.service)
        else {
            throw LambdaRefusal.invalidParameter(
                "The provided destination config DestinationConfig is invalid: \(text) is no "
                    + "queue, topic, event bus, bucket or function.")
        }
        guard text != key.arn, !text.hasPrefix("\(key.arn):") else {
            throw LambdaRefusal.invalidParameter(
                "You can't specify the function as a destination for itself.")
        }
        return text
    }

    init(_ document: Document) {
        retries = document["retries"]?.integerValue.map { Int($0) }
        ageSeconds = document["ageSeconds"]?.integerValue.map { Int($0) }
        onSuccess = document["onSuccess"]?.stringValue
        onFailure = document["onFailure"]?.stringValue
    }

    /// The configuration as a row keeps it.
    var document: Document {
        var members: [String: Document] = [:]
        members["retries"] = retries.map { .integer(Int64($0)) }
        members["ageSeconds"] = ageSeconds.map { .integer(Int64($0)) }
        members["onSuccess"] = onSuccess.map { .string($0) }
        members["onFailure"] = onFailure.map { .string($0) }
        return .object(members)
    }

    /// The configuration as the API answers it.
    func model(of reference: FunctionReference, modified: Instant) -> FunctionEventInvokeConfig {
        FunctionEventInvokeConfig(
            lastModified: modified, functionArn: reference.key.arn(qualifier: reference.version),
            maximumRetryAttempts: retries, maximumEventAgeInSeconds: ageSeconds,
            destinationConfig: DestinationConfig(
                onSuccess: OnSuccess(destination: onSuccess),
                onFailure: OnFailure(destination: onFailure)))
    }
}
