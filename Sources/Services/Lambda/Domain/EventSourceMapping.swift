import LambdaModel
import Platform
import ServiceKit
import Wire

/// A queue or stream whose records a function is invoked with.
struct EventSourceMapping: Sendable, Equatable {
    let uuid: String
    /// The function, version or alias.
    var reference: FunctionReference
    let source: EventSourceKind
    let sourceARN: String
    var isEnabled: Bool
    var settings: EventSourceSettings
    var modified: Instant
    /// What the last batch came to.
    var lastResult = "No records processed"

    var arn: String { Self.arn(uuid, account: reference.key.account, region: reference.key.region) }

    static func arn(_ uuid: String, account: String, region: String) -> String {
        "arn:aws:lambda:\(region):\(account):event-source-mapping:\(uuid)"
    }

    /// The mapping as the API answers it.
    func model(state: String? = nil) -> EventSourceMappingConfiguration {
        var model = EventSourceMappingConfiguration(
            uuid: uuid, batchSize: settings.batchSize,
            maximumBatchingWindowInSeconds: settings.windowSeconds, eventSourceArn: sourceARN,
            functionArn: reference.arn, lastModified: modified,
            state: state ?? (isEnabled ? "Enabled" : "Disabled"),
            stateTransitionReason: "USER_INITIATED",
            functionResponseTypes: settings.reportsItemFailures ? ["ReportBatchItemFailures"] : [],
            kmsKeyArn: settings.kmsKeyARN, eventSourceMappingArn: arn)
        if !settings.filters.isEmpty {
            model.filterCriteria = FilterCriteria(
                filters: settings.filters.map { Filter(pattern: $0) })
        }
        model.scalingConfig = settings.maximumConcurrency.map {
            ScalingConfig(maximumConcurrency: $0)
        }
        if !settings.metrics.isEmpty {
            model.metricsConfig = EventSourceMappingMetricsConfig(metrics: settings.metrics)
        }
        guard source.isStream else { return model }
        model.lastProcessingResult = lastResult
        model.startingPosition = settings.startingPosition
        model.startingPositionTimestamp = settings.startingTime
        model.parallelizationFactor = settings.parallelization
        model.destinationConfig = DestinationConfig(
            onFailure: OnFailure(destination: settings.onFailure))
        model.maximumRecordAgeInSeconds = settings.ageSeconds
        model.bisectBatchOnFunctionError = settings.bisects
        model.maximumRetryAttempts = settings.retries
        model.tumblingWindowInSeconds = 0
        return model
    }
}

/// The kinds of event source that are served.
enum EventSourceKind: Sendable, Equatable {
    case queue(isFIFO: Bool)
    case dynamoDBStream
    case kinesisStream

    var isStream: Bool {
        if case .queue = self { false } else { true }
    }

    /// What records are read from an ARN.
    ///
    /// - Throws: `InvalidParameterValueException` for what is no event source; `NotImplemented` for what is not served.
    init(arn text: String) throws {
        guard let arn = ARN(text) else {
            throw LambdaRefusal.invalidParameter("Unrecognized event source.")
        }
        switch arn.service {
        case "sqs": self = .queue(isFIFO: arn.resource.hasSuffix(".fifo"))
        case "kinesis" where arn.resource.contains("/consumer/"):
            throw LambdaRefusal.notServed("Enhanced fan-out of Kinesis")
        case "kinesis": self = .kinesisStream
        case "dynamodb" where arn.resource.contains("/stream/"): self = .dynamoDBStream
        case "kafka", "mq", "rds":
            throw LambdaRefusal.notServed("The event source \(arn.service)")
        default: throw LambdaRefusal.invalidParameter("Unrecognized event source.")
        }
    }
}

/// How records are gathered, and what becomes of those that a function fails on.
struct EventSourceSettings: Sendable, Equatable {
    var batchSize: Int
    var windowSeconds = 0
    /// Patterns, of which a record must match one.
    var filters: [String] = []
    var reportsItemFailures = false
    /// Of queues: how many batches are under way at most.
    var maximumConcurrency: Int?
    var kmsKeyARN: String?
    var metrics: [String] = []

    // Of streams.

    var startingPosition: String?
    var startingTime: Instant?
    /// When the mapping was made, from where `LATEST` reads.
    var created: Instant?
    /// Batches of a shard that are under way at a time.
    var parallelization = 1
    var bisects = false
    /// How often a batch is tried again; -1 for as long as its records are there.
    var retries = -1
    /// How old records may be; -1 for as old as they are kept.
    var ageSeconds = -1
    var onFailure: String?
}

extension EventSourceSettings {
    init(_ document: Document) {
        func number(_ key: String) -> Int? { document[key]?.integerValue.map { Int($0) } }
        batchSize = number("batchSize") ?? 10
        windowSeconds = number("windowSeconds") ?? 0
        filters = document["filters"]?.stringElements ?? []
        reportsItemFailures = document["reportsItemFailures"] == true
        maximumConcurrency = number("maximumConcurrency")
        kmsKeyARN = document["kmsKeyARN"]?.stringValue
        metrics = document["metrics"]?.stringElements ?? []
        startingPosition = document["startingPosition"]?.stringValue
        startingTime = document["startingTime"]?.integerValue.map { Instant(milliseconds: $0) }
        created = document["created"]?.integerValue.map { Instant(milliseconds: $0) }
        parallelization = number("parallelization") ?? 1
        bisects = document["bisects"] == true
        retries = number("retries") ?? -1
        ageSeconds = number("ageSeconds") ?? -1
        onFailure = document["onFailure"]?.stringValue
    }

    /// The settings as a row keeps them.
    var document: Document {
        var members: [String: Document] = [
            "batchSize": .integer(Int64(batchSize)),
            "windowSeconds": .integer(Int64(windowSeconds)),
            "filters": .array(filters.map { .string($0) }),
            "reportsItemFailures": .boolean(reportsItemFailures),
            "metrics": .array(metrics.map { .string($0) }),
            "parallelization": .integer(Int64(parallelization)), "bisects": .boolean(bisects),
            "retries": .integer(Int64(retries)), "ageSeconds": .integer(Int64(ageSeconds)),
        ]
        members["maximumConcurrency"] = maximumConcurrency.map { .integer(Int64($0)) }
        members["kmsKeyARN"] = kmsKeyARN.map { .string($0) }
        members["startingPosition"] = startingPosition.map { .string($0) }
        members["startingTime"] = startingTime.map { .integer($0.milliseconds) }
        members["created"] = created.map { .integer($0.milliseconds) }
        members["onFailure"] = onFailure.map { .string($0) }
        return .object(members)
    }
}
