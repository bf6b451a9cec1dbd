import Platform
import ServiceKit
import Synchronization

/// What Lambda measures of functions (dg/monitoring-metrics-types.html).
final class FunctionMetrics: Sendable {
    /// The metrics of a function, version or alias. Each is recorded for the function, for the qualifier where one was
    /// named, and for the account.
    struct Metric: Hashable, Sendable {
        let name: String
        let unit: String

        static let invocations = Metric(name: "Invocations", unit: "Count")
        static let errors = Metric(name: "Errors", unit: "Count")
        static let throttles = Metric(name: "Throttles", unit: "Count")
        static let duration = Metric(name: "Duration", unit: "Milliseconds")
        static let concurrency = Metric(name: "ConcurrentExecutions", unit: "Count")
        static let recursions = Metric(name: "RecursiveInvocationsDropped", unit: "Count")
        static let received = Metric(name: "AsyncEventsReceived", unit: "Count")
        static let age = Metric(name: "AsyncEventAge", unit: "Milliseconds")
        static let dropped = Metric(name: "AsyncEventsDropped", unit: "Count")
        static let deadLetterErrors = Metric(name: "DeadLetterErrors", unit: "Count")
        static let destinationErrors = Metric(name: "DestinationDeliveryFailures", unit: "Count")
    }

    private struct Key: Hashable {
        let reference: FunctionReference
        let metric: Metric
    }

    private let recorder: MetricRecorder
    private let clock: any Clock
    private let known = Mutex<[Key: [MetricSeries]]>([:])

    init(_ recorder: MetricRecorder, clock: any Clock) {
        self.recorder = recorder
        self.clock = clock
    }

    /// Adds a measurement.
    func record(_ value: Double, _ metric: Metric, of reference: FunctionReference) {
        let key = Key(reference: reference, metric: metric)
        let series = known.withLock { known in
            if let series = known[key] { return series }
            if known.count >= LambdaLimits.cachedVersions { known = [:] }
            let series = make(key)
            known[key] = series
            return series
        }
        let now = clock.now
        for one in series { one.record(value, at: now) }
    }

    private func make(_ key: Key) -> [MetricSeries] {
        let function = key.reference.key
        var dimensions: [[String: String]] = [[:], ["FunctionName": function.name]]
        if let qualifier = key.reference.qualifier {
            dimensions.append([
                "FunctionName": function.name, "Resource": "\(function.name):\(qualifier)",
            ])
        }
        return dimensions.map { dimensions in
            recorder.series(
                MetricSeries.Identity(
                    account: function.account, region: function.region, namespace: "AWS/Lambda",
                    name: key.metric.name, dimensions: dimensions, unit: key.metric.unit))
        }
    }
}
