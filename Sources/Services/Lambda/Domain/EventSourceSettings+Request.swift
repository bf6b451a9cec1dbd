import EventPatterns
import LambdaModel
import Platform
import ServiceKit
import Wire

extension EventSourceSettings {
    /// The settings of a new mapping.
    ///
    /// - Throws: `InvalidParameterValueException`, `ValidationException`; `NotImplemented` for what is not served.
    init(_ input: CreateEventSourceMappingRequest, for source: EventSourceKind) throws {
        if input.topics != nil || input.queues != nil || input.selfManagedEventSource != nil
            || input.documentDBEventSourceConfig != nil || input.sourceAccessConfigurations != nil
        {
            throw LambdaRefusal.notServed("Event sources other than queues and streams")
        }
        if let seconds = input.tumblingWindowInSeconds, seconds > 0 {
            throw LambdaRefusal.notServed("TumblingWindowInSeconds")
        }
        if input.provisionedPollerConfig != nil || input.loggingConfig != nil {
            throw LambdaRefusal.notServed("ProvisionedPollerConfig and LoggingConfig of mappings")
        }
        batchSize = input.batchSize ?? (source.isStream ? 100 : 10)
        windowSeconds = input.maximumBatchingWindowInSeconds ?? 0
        startingPosition = input.startingPosition
        startingTime = input.startingPositionTimestamp
        try checkStart(for: source)
        try apply(
            Change(
                filters: input.filterCriteria, responses: input.functionResponseTypes,
                scaling: input.scalingConfig, kmsKeyARN: input.kmsKeyArn,
                metrics: input.metricsConfig, parallelization: input.parallelizationFactor,
                bisects: input.bisectBatchOnFunctionError, retries: input.maximumRetryAttempts,
                ageSeconds: input.maximumRecordAgeInSeconds,
                destinations: input.destinationConfig),
            for: source)
    }

    /// Changes what the request says, and nothing else.
    ///
    /// - Throws: as `init` does.
    mutating func apply(_ input: UpdateEventSourceMappingRequest, for source: EventSourceKind)
        throws
    {
        if let seconds = input.tumblingWindowInSeconds, seconds > 0 {
            throw LambdaRefusal.notServed("TumblingWindowInSeconds")
        }
        if input.provisionedPollerConfig != nil || input.loggingConfig != nil
            || input.sourceAccessConfigurations != nil
        {
            throw LambdaRefusal.notServed("ProvisionedPollerConfig and LoggingConfig of mappings")
        }
        batchSize = input.batchSize ?? batchSize
        windowSeconds = input.maximumBatchingWindowInSeconds ?? windowSeconds
        try apply(
            Change(
                filters: input.filterCriteria, responses: input.functionResponseTypes,
                scaling: input.scalingConfig, kmsKeyARN: input.kmsKeyArn,
                metrics: input.metricsConfig, parallelization: input.parallelizationFactor,
                bisects: input.bisectBatchOnFunctionError, retries: input.maximumRetryAttempts,
                ageSeconds: input.maximumRecordAgeInSeconds,
                destinations: input.destinationConfig),
            for: source)
    }

    /// What creating and updating have in common.
    private struct Change {
        let filters: FilterCriteria?
        let responses: [String]?
        let scaling: ScalingConfig?
        let kmsKeyARN: String?
        let metrics: EventSourceMappingMetricsConfig?
        let parallelization: Int?
        let bisects: Bool?
        let retries: Int?
        let ageSeconds: Int?
        let destinations: DestinationConfig?

        /// Whether it says something that queues do not have.
        var isForStreams: Bool {
            parallelization != nil || bisects != nil || retries != nil || ageSeconds != nil
                || destinations?.onFailure?.destination?.isEmpty == false
        }
    }

    private mutating func apply(_ change: Change, for source: EventSourceKind) throws {
        if let criteria = change.filters {
            filters = try Self.patterns(criteria)
        }
        if let responses = change.responses {
            reportsItemFailures = responses.contains("ReportBatchItemFailures")
        }
        if let scaling = change.scaling {
            guard !source.isStream else {
                throw LambdaRefusal.invalidParameter("ScalingConfig is only for SQS.")
            }
            maximumConcurrency = scaling.maximumConcurrency
        }
        kmsKeyARN = change.kmsKeyARN ?? kmsKeyARN
        metrics = change.metrics?.metrics ?? metrics
        guard source.isStream || !change.isForStreams else {
            throw LambdaRefusal.invalidParameter(
                "Unsupported parameters for arn type: sqs. ParallelizationFactor, "
                    + "BisectBatchOnFunctionError, MaximumRetryAttempts, MaximumRecordAgeInSeconds "
                    + "and DestinationConfig are for streams.")
        }
        parallelization = change.parallelization ?? parallelization
        bisects = change.bisects ?? bisects
        retries = change.retries ?? retries
        ageSeconds = change.ageSeconds ?? ageSeconds
        if let destination = change.destinations?.onFailure {
            onFailure = destination.destination.flatMap { $0.isEmpty ? nil : $0 }
        }
        try checkBatches(for: source)
        try checkFailures()
    }

    private func checkStart(for source: EventSourceKind) throws {
        guard source.isStream else {
            guard startingPosition == nil else {
                throw LambdaRefusal.invalidParameter(
                    "StartingPosition is not valid for the event source type sqs.")
            }
            return
        }
        guard let startingPosition else {
            throw AWSError(
                "ValidationException",
                "1 validation error detected: Value null at 'startingPosition' failed to satisfy "
                    + "constraint: Member must not be null.")
        }
        guard startingPosition != "AT_TIMESTAMP" || source == .kinesisStream else {
            throw LambdaRefusal.invalidParameter(
                "Unsupported starting position for arn type: dynamodb")
        }
        guard (startingPosition == "AT_TIMESTAMP") == (startingTime != nil) else {
            throw LambdaRefusal.invalidParameter(
                "StartingPositionTimestamp is required for, and only for, StartingPosition "
                    + "AT_TIMESTAMP.")
        }
    }

    private func checkBatches(for source: EventSourceKind) throws {
        guard case .queue(let isFIFO) = source else { return }
        if isFIFO {
            guard windowSeconds == 0 else {
                throw LambdaRefusal.invalidParameter(
                    "Batching window is not supported for FIFO queues")
            }
            guard batchSize <= 10 else {
                throw LambdaRefusal.invalidParameter(
                    "Maximum batch size for FIFO queues is 10")
            }
        } else if batchSize > 10, windowSeconds == 0 {
            throw LambdaRefusal.invalidParameter(
                "Maximum batch window in seconds must be greater than 0 if maximum batch size is "
                    + "greater than 10")
        }
    }

    private func checkFailures() throws {
        guard ageSeconds == -1 || ageSeconds >= 60 else {
            throw LambdaRefusal.validation(
                "\(ageSeconds)", at: "maximumRecordAgeInSeconds",
                "Member must have value greater than or equal to 60, or be -1")
        }
        guard let onFailure else { return }
        guard ["s3", "sns", "sqs"].contains(ARN(onFailure)?.service) else {
            throw LambdaRefusal.invalidParameter(
                "The provided destination config DestinationConfig is invalid: \(onFailure) is no "
                    + "queue, topic or bucket.")
        }
    }

    private static func patterns(_ criteria: FilterCriteria) throws -> [String] {
        let patterns = (criteria.filters ?? []).map { $0.pattern ?? "{}" }
        guard patterns.count <= LambdaLimits.filters else {
            throw LambdaRefusal.invalidParameter(
                "FilterCriteria must not have more than \(LambdaLimits.filters) filters.")
        }
        for pattern in patterns {
            do {
                _ = try EventPattern(json: pattern)
            } catch {
                throw LambdaRefusal.invalidParameter("Invalid filter pattern definition.")
            }
        }
        return patterns
    }
}
