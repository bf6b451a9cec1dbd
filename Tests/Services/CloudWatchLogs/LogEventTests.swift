import CloudWatchLogsModel
import Platform
import Testing
import TestKit
import Wire

@testable import CloudWatchLogs

@Suite("Log events")
struct LogEventTests {
    @Test("a stream tells when its events were")
    func streams() async throws {
        let logs = try await LogsCloud()
        try await logs.make("g", streams: "empty", "early", "late")
        try await logs.put([(-10, "a"), (-5, "b")], into: "early", of: "g")
        try await logs.put([(-7, "c"), (0, "d")], into: "late", of: "g")
        let byTime = try await logs.call(
            CloudWatchLogsAPI.describeLogStreams,
            DescribeLogStreamsRequest(logGroupName: "g", orderBy: "LastEventTime", descending: true)
        )
        #expect(byTime.logStreams?.map(\.logStreamName) == ["late", "early", "empty"])
        let early = try #require(byTime.logStreams?[1])
        #expect(early.firstEventTimestamp == logs.now - 10)
        #expect(early.lastEventTimestamp == logs.now - 5)
        #expect(early.lastIngestionTime == logs.now)
        #expect(early.uploadSequenceToken?.count == 56)
        #expect(early.storedBytes == 0)
        #expect(
            early.arn
                == "arn:aws:logs:us-east-1:123456789012:log-group:g:log-stream:early")
        #expect(byTime.logStreams?[2].uploadSequenceToken == nil)
        var names: [String?] = []
        var request = DescribeLogStreamsRequest(
            logGroupIdentifier: "arn:aws:logs:us-east-1:123456789012:log-group:g",
            orderBy: "LastEventTime", limit: 1)
        repeat {
            let page = try await logs.call(CloudWatchLogsAPI.describeLogStreams, request)
            names += page.logStreams?.map(\.logStreamName) ?? []
            request.nextToken = page.nextToken
        } while request.nextToken != nil
        #expect(names == ["empty", "early", "late"])
        await expectError(
            "ValidationException",
            "LogGroup name and LogGroup ARN are mutually exclusive parameters."
        ) {
            _ = try await logs.call(
                CloudWatchLogsAPI.describeLogStreams,
                DescribeLogStreamsRequest(logGroupName: "g", logGroupIdentifier: "g"))
        }
        await expectError("InvalidParameterException", "The specified nextToken is invalid.") {
            _ = try await logs.call(
                CloudWatchLogsAPI.describeLogStreams,
                DescribeLogStreamsRequest(logGroupName: "g", nextToken: "x"))
        }
    }

    @Test("a stream is read from its head to its end, where the token stays the same")
    func forward() async throws {
        let logs = try await LogsCloud()
        try await logs.make("g", streams: "s")
        try await logs.put((0..<5).map { ($0, "m\($0)") }, into: "s", of: "g")
        var request = GetLogEventsRequest(
            logGroupName: "g", logStreamName: "s", limit: 2, startFromHead: true)
        var pages: [[String]] = []
        var tokens: [String] = []
        for _ in 0..<4 {
            let page = try await logs.call(CloudWatchLogsAPI.getLogEvents, request)
            pages.append(page.events?.compactMap(\.message) ?? [])
            let token = try #require(page.nextForwardToken)
            #expect(token.hasPrefix("f/") && token.utf8.count == 60)
            tokens.append(token)
            request.nextToken = token
        }
        #expect(pages == [["m0", "m1"], ["m2", "m3"], ["m4"], []])
        #expect(tokens[3] == tokens[2])
        try await logs.put([(9, "m5")], into: "s", of: "g")
        let more = try await logs.call(CloudWatchLogsAPI.getLogEvents, request)
        #expect(more.events?.map(\.message) == ["m5"])
    }

    @Test("a stream is read from its end back to its head, and round again")
    func backward() async throws {
        let logs = try await LogsCloud()
        try await logs.make("g", streams: "s")
        try await logs.put((0..<5).map { ($0, "m\($0)") }, into: "s", of: "g")
        var request = GetLogEventsRequest(logGroupName: "g", logStreamName: "s", limit: 3)
        let last = try await logs.call(CloudWatchLogsAPI.getLogEvents, request)
        #expect(last.events?.map(\.message) == ["m2", "m3", "m4"])
        request.nextToken = last.nextBackwardToken
        let first = try await logs.call(CloudWatchLogsAPI.getLogEvents, request)
        #expect(first.events?.map(\.message) == ["m0", "m1"])
        request.nextToken = first.nextBackwardToken
        let none = try await logs.call(CloudWatchLogsAPI.getLogEvents, request)
        #expect(none.events?.isEmpty == true)
        #expect(none.nextBackwardToken == request.nextToken)
        request.nextToken = none.nextForwardToken
        let again = try await logs.call(CloudWatchLogsAPI.getLogEvents, request)
        #expect(again.events?.map(\.message) == ["m0", "m1", "m2"])
    }

    @Test("a token from the end of an empty stream sees what comes later")
    func emptyStream() async throws {
        let logs = try await LogsCloud()
        try await logs.make("g", streams: "s", "other")
        var request = GetLogEventsRequest(logGroupName: "g", logStreamName: "s")
        request.nextToken = try await logs.call(CloudWatchLogsAPI.getLogEvents, request)
            .nextForwardToken
        try await logs.put([(0, "m")], into: "s", of: "g")
        let page = try await logs.call(CloudWatchLogsAPI.getLogEvents, request)
        #expect(page.events?.map(\.message) == ["m"])
        #expect(page.events?.first?.ingestionTime == logs.now)
        for token in ["x", "f/1/s", request.nextToken] {
            await expectError("InvalidParameterException", "The specified nextToken is invalid.") {
                _ = try await logs.call(
                    CloudWatchLogsAPI.getLogEvents,
                    GetLogEventsRequest(
                        logGroupName: "g", logStreamName: "other", nextToken: token))
            }
        }
    }

    @Test("times bound what is read: the end is left out by GetLogEvents, kept by FilterLogEvents")
    func times() async throws {
        let logs = try await LogsCloud()
        try await logs.make("g", streams: "s")
        try await logs.put((0..<5).map { ($0, "m\($0)") }, into: "s", of: "g")
        let page = try await logs.call(
            CloudWatchLogsAPI.getLogEvents,
            GetLogEventsRequest(
                logGroupName: "g", logStreamName: "s", startTime: logs.now + 1,
                endTime: logs.now + 3))
        #expect(page.events?.map(\.message) == ["m1", "m2"])
        #expect(
            try await logs.filter(
                .init(logGroupName: "g", startTime: logs.now + 1, endTime: logs.now + 3))
                == ["m1", "m2", "m3"])
        #expect(
            try await logs.filter(
                .init(logGroupName: "g", startTime: logs.now + 3, endTime: logs.now + 1)) == [])
        #expect(try await logs.filter(.init(logGroupName: "g", endTime: .max)).count == 5)
    }

    @Test("a search goes through all streams in the order of time")
    func search() async throws {
        let logs = try await LogsCloud()
        try await logs.make("g", streams: "a/1", "a/2", "b")
        try await logs.put([(0, "x 0"), (4, "x 4")], into: "a/1", of: "g")
        try await logs.put([(1, "y 1"), (3, "x 3")], into: "a/2", of: "g")
        try await logs.put([(2, "x 2")], into: "b", of: "g")
        #expect(
            try await logs.filter(.init(logGroupName: "g", limit: 2))
                == ["x 0", "y 1", "x 2", "x 3", "x 4"])
        #expect(
            try await logs.filter(
                .init(logGroupName: "g", logStreamNamePrefix: "a/", filterPattern: "x"))
                == ["x 0", "x 3", "x 4"])
        #expect(
            try await logs.filter(.init(logGroupIdentifier: "g", logStreamNames: ["b", "a/2"]))
                == ["y 1", "x 2", "x 3"])
        let page = try await logs.call(
            CloudWatchLogsAPI.filterLogEvents, FilterLogEventsRequest(logGroupName: "g", limit: 1))
        #expect(page.searchedLogStreams?.isEmpty == true)
        let event = try #require(page.events?.first)
        #expect(event.logStreamName == "a/1")
        #expect(event.eventId?.utf8.count == 56)
        #expect(event.timestamp == logs.now)
        await expectError("InvalidParameterException") {
            _ = try await logs.filter(
                .init(logGroupName: "g", logStreamNames: ["b"], logStreamNamePrefix: "a"))
        }
        await expectError("ResourceNotFoundException") {
            _ = try await logs.filter(.init(logGroupName: "g", logStreamNames: ["c"]))
        }
        await expectError("InvalidParameterException", "The specified nextToken is invalid.") {
            _ = try await logs.filter(.init(logGroupName: "g", nextToken: "x"))
        }
    }

    @Test("a page ends before it grows too large")
    func largePages() async throws {
        let logs = try await LogsCloud()
        try await logs.make("g", streams: "s")
        let large = String(repeating: "x", count: 400_000)
        for time in 0..<4 { try await logs.put([(time, large)], into: "s", of: "g") }
        let page = try await logs.call(
            CloudWatchLogsAPI.filterLogEvents, FilterLogEventsRequest(logGroupName: "g"))
        #expect(page.events?.count == 2)
        #expect(try await logs.filter(.init(logGroupName: "g")).count == 4)
        let events = try await logs.call(
            CloudWatchLogsAPI.getLogEvents,
            GetLogEventsRequest(logGroupName: "g", logStreamName: "s"))
        #expect(events.events?.map(\.timestamp) == [logs.now + 2, logs.now + 3])
    }

    @Test("messages come back as they were put", arguments: ["", "ä\0ö 💧", "line\nline"])
    func messages(message: String) async throws {
        let logs = try await LogsCloud()
        try await logs.make("g", streams: "s")
        try await logs.put([(0, message)], into: "s", of: "g")
        #expect(try await logs.filter(.init(logGroupName: "g")) == [message])
    }
}

@Suite("Batches of log events")
struct EventBatchTests {
    private static let now = Instant(milliseconds: 1_767_225_600_000)
    private static let day = 86_400_000

    private func events(_ offsets: [Int]) -> [InputLogEvent] {
        offsets.map { InputLogEvent(timestamp: Int(Self.now.milliseconds) + $0, message: "m") }
    }

    @Test("events that are too old, expired or too new are left out and named")
    func rejections() throws {
        let day = Self.day
        let batch = try EventBatch(
            events([-15 * day, -14 * day - 1, -3 * day, -1000, 7_200_000, 7_200_001]),
            now: Self.now, retention: .seconds(2 * 86_400))
        #expect(batch.accepted.map(\.timestamp) == events([-1000, 7_200_000]).map(\.timestamp))
        #expect(batch.rejected?.tooOldLogEventEndIndex == 2)
        #expect(batch.rejected?.expiredLogEventEndIndex == 3)
        #expect(batch.rejected?.tooNewLogEventStartIndex == 5)
        let good = try EventBatch(events([-14 * day]), now: Self.now, retention: nil)
        #expect(good.accepted.count == 1)
        #expect(good.rejected == nil)
        let bad = try EventBatch(events([-15 * day]), now: Self.now, retention: nil)
        #expect(bad.accepted.isEmpty)
    }

    @Test("a batch that is out of order, too long or too large is refused whole")
    func refusals() async {
        await expectError(
            "InvalidParameterException",
            "Log events in a single PutLogEvents request must be in chronological order."
        ) { _ = try EventBatch(events([1, 0]), now: Self.now, retention: nil) }
        await expectError(
            "InvalidParameterException",
            "The batch of log events in a single PutLogEvents request cannot span more than 24 hours."
        ) { _ = try EventBatch(events([-Self.day - 1, 0]), now: Self.now, retention: nil) }
        let message = String(repeating: "x", count: 524_288 - 26)
        let time = Int(Self.now.milliseconds)
        let halves = [0, 1].map { InputLogEvent(timestamp: time + $0, message: message) }
        #expect(throws: Never.self) {
            try EventBatch(halves, now: Self.now, retention: nil)
        }
        await expectError(
            "InvalidParameterException",
            "Upload too large: 1048603 bytes exceeds limit of 1048576"
        ) {
            _ = try EventBatch(
                halves + [InputLogEvent(timestamp: time + 2, message: "x")], now: Self.now,
                retention: nil)
        }
    }
}
