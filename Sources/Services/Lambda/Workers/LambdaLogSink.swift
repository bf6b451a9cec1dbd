import CloudWatchLogsModel
import Logging
package import Platform
package import Sandbox
package import ServiceKit
import Synchronization
import Wire

/// Takes what functions log to CloudWatch Logs: a stream for each execution environment, lines in their order.
///
/// The host writes and never waits; `run()` sends. What waits is bounded: past the bound lines are dropped, and a line in the
/// function's own stream says how many.
package final class LambdaLogSink: FunctionLogSink {
    fileprivate struct Stream: Hashable {
        let account: String
        let region: String
        let group: String
        let name: String
    }

    fileprivate struct State {
        var lines: [Stream: [InputLogEvent]] = [:]
        var dropped: [Stream: Int] = [:]
        var bytes = 0
    }

    /// What an event counts beside its message (API_PutLogEvents).
    fileprivate static let eventOverheadBytes = 26
    /// The bounds of a batch (API_PutLogEvents).
    private static let batchBytes = 1_048_576
    private static let batchEvents = 10_000

    private let caller: ServiceCaller
    private let clock: any Clock
    private let randomness: any Randomness
    private let logger: Logger
    private let state = Mutex(State())
    private let (signals, signal) = AsyncStream.makeStream(
        of: Void.self, bufferingPolicy: .bufferingNewest(1))

    /// Makes the sink. It is made before the host, and handed to `LambdaService`, which runs it.
    package init(_ dependencies: ServiceDependencies) {
        caller = dependencies.caller
        clock = dependencies.clock
        randomness = dependencies.randomness
        logger = dependencies.logger
    }

    package func write(
        _ lines: [(time: Instant, message: String)], of deployment: FunctionDeployment,
        logStream: String
    ) {
        let stream = Stream(
            account: deployment.accountID, region: deployment.region, group: deployment.logGroup,
            name: logStream)
        state.withLock { state in
            state.add(lines, to: stream)
        }
        signal.yield()
    }

    /// Sends lines as they come, until the task is cancelled; then what is left.
    ///
    /// The first line goes at once; those that follow closely share a batch, and the batches of all streams a commit.
    func run() async {
        for await _ in signals {
            await flush()
            guard (try? await clock.sleep(for: LambdaLimits.logGathering)) != nil else { break }
        }
        await flush()
    }

    private func flush() async {
        let waiting = state.withLock { $0.takeAll(now: clock.now) }
        await withDiscardingTaskGroup { group in
            for (stream, events) in waiting {
                group.addTask { await self.send(events, to: stream) }
            }
        }
    }

    private func send(_ events: [InputLogEvent], to stream: Stream) async {
        for batch in Self.batches(of: events) {
            do {
                try await put(batch, into: stream)
            } catch {
                logger.error(
                    "a function's log lines are lost",
                    metadata: [
                        "group": "\(stream.group)", "lines": "\(batch.count)", "error": "\(error)",
                    ])
            }
        }
    }

    private func put(_ events: [InputLogEvent], into stream: Stream) async throws {
        let context = RequestContext.lambda(
            account: stream.account, region: stream.region, requestID: randomness.uuid(),
            time: clock.now, logger: logger)
        let request = PutLogEventsRequest(
            logGroupName: stream.group, logStreamName: stream.name, logEvents: events)
        do {
            _ = try await caller.call(CloudWatchLogsAPI.putLogEvents, request, in: context)
        } catch let error as AWSError where error.code == "ResourceNotFoundException" {
            try await make(stream, in: context)
            _ = try await caller.call(CloudWatchLogsAPI.putLogEvents, request, in: context)
        }
    }

    private func make(_ stream: Stream, in context: RequestContext) async throws {
        try await ignoringExisting {
            _ = try await self.caller.call(
                CloudWatchLogsAPI.createLogGroup,
                CreateLogGroupRequest(logGroupName: stream.group), in: context)
        }
        try await ignoringExisting {
            _ = try await self.caller.call(
                CloudWatchLogsAPI.createLogStream,
                CreateLogStreamRequest(logGroupName: stream.group, logStreamName: stream.name),
                in: context)
        }
    }

    private func ignoringExisting(_ create: () async throws -> Void) async throws {
        do {
            try await create()
        } catch let error as AWSError where error.code == "ResourceAlreadyExistsException" {
            return
        }
    }

    /// Events in batches that `PutLogEvents` takes: by size, number and, within a batch, in the order of time.
    private static func batches(of events: [InputLogEvent]) -> [[InputLogEvent]] {
        var batches: [[InputLogEvent]] = []
        var batch: [InputLogEvent] = []
        var bytes = 0
        for event in events.sorted(by: { $0.timestamp < $1.timestamp }) {
            let size = event.message.utf8.count + eventOverheadBytes
            if batch.count == batchEvents || bytes + size > batchBytes && !batch.isEmpty {
                batches.append(batch)
                (batch, bytes) = ([], 0)
            }
            batch.append(event)
            bytes += size
        }
        if !batch.isEmpty { batches.append(batch) }
        return batches
    }
}

extension LambdaLogSink.State {
    fileprivate mutating func add(
        _ messages: [(time: Instant, message: String)], to stream: LambdaLogSink.Stream
    ) {
        var taken: [InputLogEvent] = []
        for (time, message) in messages {
            // CloudWatch Logs takes no empty message.
            let message = message.isEmpty ? "\n" : message
            let size = message.utf8.count + LambdaLogSink.eventOverheadBytes
            guard bytes + size <= LambdaLimits.waitingLogBytes else {
                dropped[stream, default: 0] += 1
                continue
            }
            bytes += size
            taken.append(InputLogEvent(timestamp: Int(time.milliseconds), message: message))
        }
        lines[stream, default: []] += taken
    }

    /// Every stream's lines, with a line in place of those that were dropped.
    fileprivate mutating func takeAll(
        now: Instant
    ) -> [LambdaLogSink.Stream: [InputLogEvent]] {
        defer { self = Self() }
        return lines.merging(
            dropped.mapValues { count in
                [
                    InputLogEvent(
                        timestamp: Int(now.milliseconds),
                        message: "[WARNING] \(count) lines were dropped: they came too fast\n")
                ]
            }, uniquingKeysWith: +)
    }
}
