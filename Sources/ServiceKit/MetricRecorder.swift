package import Platform
internal import Synchronization

/// What services measure of themselves, until CloudWatch fetches it: a set of statistics for each series and minute.
///
///     let errors = metrics.series(.init(account: …, region: …, namespace: "AWS/Lambda", name: "Errors", …))
///     errors.record(1, at: clock.now)
///
/// A service keeps the series that it writes often: recording then takes one lock that nobody else holds for long. Everything is in
/// memory, and bounded.
package final class MetricRecorder: Sendable {
    /// Series at most; what is recorded to others is dropped.
    package static let seriesLimit = 50_000

    private let all = Mutex<[MetricSeries.Identity: MetricSeries]>([:])

    package init() {}

    /// The series called `identity`; always the same one.
    package func series(_ identity: MetricSeries.Identity) -> MetricSeries {
        all.withLock { all in
            if let series = all[identity] { return series }
            let series = MetricSeries(identity)
            if all.count < Self.seriesLimit { all[identity] = series }
            return series
        }
    }

    /// Takes out everything that has been recorded.
    package func collect() -> [MetricDatum] {
        let series = all.withLock { Array($0.values) }
        return series.flatMap { $0.collect() }
    }
}

/// One metric with one set of dimensions, in one account and region.
package final class MetricSeries: Sendable {
    /// What tells a series from every other.
    package struct Identity: Hashable, Sendable {
        package var account: String
        package var region: String
        /// Such as `AWS/Lambda`.
        package var namespace: String
        package var name: String
        package var dimensions: [String: String]
        /// A unit of CloudWatch, such as `Milliseconds`.
        package var unit: String

        package init(
            account: String, region: String, namespace: String, name: String,
            dimensions: [String: String] = [:], unit: String = "Count"
        ) {
            self.account = account
            self.region = region
            self.namespace = namespace
            self.name = name
            self.dimensions = dimensions
            self.unit = unit
        }
    }

    /// Minutes that are kept where nobody fetches them.
    static let minuteLimit = 180

    package let identity: Identity
    /// By minute, the last one at the end.
    private let minutes = Mutex<[(minute: Int64, statistics: MetricStatistics)]>([])

    init(_ identity: Identity) { self.identity = identity }

    /// Adds a measurement.
    package func record(_ value: Double, at time: Instant) {
        let minute = time.milliseconds / 60_000
        minutes.withLock { minutes in
            guard let last = minutes.last, last.minute >= minute else {
                if minutes.count >= Self.minuteLimit { minutes.removeFirst() }
                minutes.append((minute, MetricStatistics(value)))
                return
            }
            minutes[minutes.count - 1].statistics.add(value)
        }
    }

    fileprivate func collect() -> [MetricDatum] {
        let taken = minutes.withLock { minutes in
            defer { minutes = [] }
            return minutes
        }
        return taken.map { entry in
            MetricDatum(
                identity: identity, minute: Instant(milliseconds: entry.minute * 60_000),
                statistics: entry.statistics)
        }
    }
}

/// What was recorded of a series within a minute.
package struct MetricDatum: Sendable {
    package let identity: MetricSeries.Identity
    /// When the minute began.
    package let minute: Instant
    package let statistics: MetricStatistics
}

/// A set of measurements as CloudWatch keeps it.
package struct MetricStatistics: Sendable, Equatable {
    package private(set) var count: Double
    package private(set) var sum: Double
    package private(set) var minimum: Double
    package private(set) var maximum: Double

    package init(_ value: Double) {
        count = 1
        sum = value
        minimum = value
        maximum = value
    }

    /// Adds a measurement.
    package mutating func add(_ value: Double) {
        count += 1
        sum += value
        minimum = min(minimum, value)
        maximum = max(maximum, value)
    }
}
