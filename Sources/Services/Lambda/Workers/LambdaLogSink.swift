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
        /// Streams that have lines, in the order in which those came.
        var order = FIFO<Stream>()
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
            if state.lines[stream] == nil {
                state.lines[stream] = []
                state.order.append(stream)
            }
            for line in lines {
                // CloudWatch Logs takes no empty message.
                let message = line.message.isEmpty ? "\n" : line.message
                let size = message.utf8.count + Self.eventOverheadBytes
                guard state.bytes + size <= LambdaLimits.waitingLogBytes else {
                    state.dropped[stream, default: 0] += 1
                    continue
                }
                state.bytes += size
                state.lines[stream]?.append(
                    InputLogEvent(timestamp: Int(line.time.milliseconds), message: message))
            }
        }
        signal.yield()
    }

    /// Sends lines as they come, until the task is cancelled; then what is left.
    func run() async {
        for await _ in signals { await flush() }
        await flush()
    }

    private func flush() async {
        while let (stream, events) = state.withLock({ $0.take(now: clock.now) }) {
            for batch in Self.batches(of: events) {
                do {
                    try await put(batch, into: stream)
                } catch {
                    logger.error(
                        "a function's log lines are lost",
                        metadata: [
                            "group": "\(stream.group)", "lines": "\(batch.count)",
                            "error": "\(error)",
                        ])
                }
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
    /// The lines of the stream that has waited longest.
    fileprivate mutating func take(
        now: Instant
    ) -> (LambdaLogSink.Stream, [InputLogEvent])? {
        guard let stream = order.popFirst() else { return nil }
        var events = lines.removeValue(forKey: stream) ?? []
        bytes -= events.reduce(0) { $0 + $1.message.utf8.count + LambdaLogSink.eventOverheadBytes }
        if let count = dropped.removeValue(forKey: stream) {
            events.append(
                InputLogEvent(
                    timestamp: Int(now.milliseconds),
                    message: "[WARNING] \(count) lines were dropped: they came too fast\n"))
        }
        return (stream, events)
    }
}
