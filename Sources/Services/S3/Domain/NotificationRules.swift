import S3Model
import ServiceKit
import Wire

/// Who is told of which events.
struct NotificationTarget: Sendable {
    var id: String
    var arn: String
    var events: [String]
    var prefix: String
    var suffix: String

    private init(_ id: String?, _ arn: String, _ events: [String], _ filter: S3KeyFilter?) {
        self.id = id ?? ""
        self.arn = arn
        self.events = events
        func value(_ name: String) -> String {
            filter?.filterRules?.first { $0.name?.lowercased() == name }?.value ?? ""
        }
        prefix = value("prefix")
        suffix = value("suffix")
    }

    /// Every target of a configuration but EventBridge.
    static func all(of configuration: NotificationConfiguration) -> [NotificationTarget] {
        (configuration.lambdaFunctionConfigurations ?? []).map {
            NotificationTarget($0.id, $0.lambdaFunctionArn, $0.events, $0.filter?.key)
        }
            + (configuration.queueConfigurations ?? []).map {
                NotificationTarget($0.id, $0.queueArn, $0.events, $0.filter?.key)
            }
            + (configuration.topicConfigurations ?? []).map {
                NotificationTarget($0.id, $0.topicArn, $0.events, $0.filter?.key)
            }
    }

    /// Whether the target is told of an event.
    func wants(_ event: S3Event.Kind, key: String) -> Bool {
        guard key.hasPrefix(prefix), key.hasSuffix(suffix) else { return false }
        return events.contains { wanted in
            let name = wanted.dropFirst("s3:".count)
            guard name.hasSuffix("*") else { return name == event.rawValue }
            return event.rawValue.hasPrefix(name.dropLast())
        }
    }

    /// - Throws: `InvalidArgument`.
    func check() throws {
        guard ARN(arn) != nil else {
            throw S3Failure.argument("The ARN is not well formed", "arn", arn)
        }
        guard !events.isEmpty else { throw S3Failure.malformedXML }
        for event in events where !S3Event.isKnown(event) {
            throw S3Failure.argument(
                "A specified event is not supported for notifications.", "Event", event)
        }
    }

    /// Two targets may not both want an event of the same object.
    ///
    /// - Throws: `InvalidArgument`.
    static func checkOverlap(_ targets: [NotificationTarget]) throws {
        for (index, target) in targets.enumerated() {
            for other in targets[(index + 1)...] {
                let shareEvents = target.events.contains { one in
                    other.events.contains { S3Event.overlap(one, $0) }
                }
                let shareKeys =
                    (target.prefix.hasPrefix(other.prefix) || other.prefix.hasPrefix(target.prefix))
                    && (target.suffix.hasSuffix(other.suffix)
                        || other.suffix.hasSuffix(target.suffix))
                guard shareEvents, shareKeys else { continue }
                throw S3Failure.argument(
                    "Configurations overlap. Configurations on the same bucket cannot share a common event type.",
                    target.arn, "null")
            }
        }
    }
}

extension S3Event {
    /// Events that AWS has and nothing in Apus causes.
    private static let neverCaused = [
        "s3:ReducedRedundancyLostObject", "s3:Replication:*",
        "s3:Replication:OperationFailedReplication",
        "s3:Replication:OperationNotTracked", "s3:Replication:OperationMissedThreshold",
        "s3:Replication:OperationReplicatedAfterThreshold", "s3:IntelligentTiering",
    ]

    static func isKnown(_ event: String) -> Bool {
        if neverCaused.contains(event) { return true }
        guard event.hasPrefix("s3:") else { return false }
        let name = event.dropFirst(3)
        return Kind.allCases.contains { kind in
            name == kind.rawValue
                || name == kind.rawValue.prefix { $0 != ":" } + ":*" && kind.rawValue.contains(":")
        }
    }

    static func overlap(_ one: String, _ other: String) -> Bool {
        let (first, second) = (
            one.dropLast(one.hasSuffix("*") ? 1 : 0), other.dropLast(other.hasSuffix("*") ? 1 : 0)
        )
        return one == other || one.hasSuffix("*") && second.hasPrefix(first)
            || other.hasSuffix("*") && first.hasPrefix(second)
    }
}
