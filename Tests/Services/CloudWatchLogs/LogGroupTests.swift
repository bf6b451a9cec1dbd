import CloudWatchLogsModel
import Platform
import Testing
import TestKit
import Wire

@testable import CloudWatchLogs

@Suite("Log groups")
struct LogGroupTests {
    @Test("a group is described as AWS describes it")
    func describe() async throws {
        let logs = try await LogsCloud()
        _ = try await logs.call(
            CloudWatchLogsAPI.createLogGroup,
            CreateLogGroupRequest(
                logGroupName: "/app/a", kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/k",
                tags: ["env": "test"], logGroupClass: "INFREQUENT_ACCESS"))
        let groups = try await logs.call(
            CloudWatchLogsAPI.describeLogGroups, DescribeLogGroupsRequest()
        ).logGroups
        let group = try #require(groups?.first)
        let arn = "arn:aws:logs:us-east-1:123456789012:log-group:/app/a"
        #expect(groups?.count == 1)
        #expect(group.logGroupName == "/app/a")
        #expect(group.arn == arn + ":*")
        #expect(group.logGroupArn == arn)
        #expect(group.creationTime == logs.now)
        #expect(group.storedBytes == 0)
        #expect(group.metricFilterCount == 0)
        #expect(group.retentionInDays == nil)
        #expect(group.logGroupClass == "INFREQUENT_ACCESS")
        #expect(group.kmsKeyId == "arn:aws:kms:us-east-1:123456789012:key/k")
    }

    @Test("groups come page by page, by prefix, by a part of the name, and by identifiers")
    func pages() async throws {
        let logs = try await LogsCloud()
        for name in ["b/2", "a_1", "b/1", "aX1", "c"] { try await logs.make(name) }
        func names(_ request: DescribeLogGroupsRequest) async throws -> [String?] {
            try await logs.call(CloudWatchLogsAPI.describeLogGroups, request).logGroups?
                .map(\.logGroupName) ?? []
        }
        #expect(try await names(.init(logGroupNamePrefix: "b/")) == ["b/1", "b/2"])
        #expect(try await names(.init(logGroupNamePattern: "_1")) == ["a_1"])
        #expect(
            try await names(
                .init(logGroupIdentifiers: [
                    "c", "arn:aws:logs:us-east-1:123456789012:log-group:a_1",
                ])) == ["a_1", "c"])
        let first = try await logs.call(
            CloudWatchLogsAPI.describeLogGroups, DescribeLogGroupsRequest(limit: 3))
        #expect(first.logGroups?.map(\.logGroupName) == ["aX1", "a_1", "b/1"])
        let second = try await logs.call(
            CloudWatchLogsAPI.describeLogGroups,
            DescribeLogGroupsRequest(nextToken: first.nextToken, limit: 3))
        #expect(second.logGroups?.map(\.logGroupName) == ["b/2", "c"])
        #expect(second.nextToken == nil)
        await expectError(
            "InvalidParameterException",
            "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters."
        ) {
            _ = try await names(.init(logGroupNamePrefix: "a", logGroupNamePattern: "b"))
        }
    }

    @Test("a name is taken once in an account's region")
    func conflicts() async throws {
        let logs = try await LogsCloud()
        try await logs.make("g", streams: "s")
        await expectError(
            "ResourceAlreadyExistsException", "The specified log group already exists"
        ) { try await logs.make("g") }
        await expectError(
            "ResourceAlreadyExistsException", "The specified log stream already exists"
        ) {
            _ = try await logs.call(
                CloudWatchLogsAPI.createLogStream,
                CreateLogStreamRequest(logGroupName: "g", logStreamName: "s"))
        }
        await expectError("InvalidParameterException") { try await logs.make("aws/x") }
        for context in [
            logs.cloud.context(account: "210987654321"), logs.cloud.context(region: "eu-west-1"),
        ] {
            _ = try await logs.call(
                CloudWatchLogsAPI.createLogGroup, CreateLogGroupRequest(logGroupName: "g"),
                in: context)
        }
    }

    @Test("what does not exist is said in AWS's words")
    func missing() async throws {
        let logs = try await LogsCloud()
        try await logs.make("g")
        let (code, group) = ("ResourceNotFoundException", "The specified log group does not exist.")
        let stream = "The specified log stream does not exist."
        await expectError(code, group) {
            _ = try await logs.call(
                CloudWatchLogsAPI.deleteLogGroup, DeleteLogGroupRequest(logGroupName: "x"))
        }
        await expectError(code, group) {
            _ = try await logs.call(
                CloudWatchLogsAPI.createLogStream,
                CreateLogStreamRequest(logGroupName: "x", logStreamName: "s"))
        }
        await expectError(code, group) { _ = try await logs.filter(.init(logGroupName: "x")) }
        await expectError(code, stream) {
            _ = try await logs.put([(0, "m")], into: "x", of: "g")
        }
        await expectError(code, stream) {
            _ = try await logs.call(
                CloudWatchLogsAPI.getLogEvents,
                GetLogEventsRequest(logGroupName: "g", logStreamName: "x"))
        }
        await expectError(code, stream) {
            _ = try await logs.call(
                CloudWatchLogsAPI.deleteLogStream,
                DeleteLogStreamRequest(logGroupName: "g", logStreamName: "x\0"))
        }
        await expectError(code, group) {
            _ = try await logs.call(
                CloudWatchLogsAPI.listTagsForResource,
                ListTagsForResourceRequest(
                    resourceArn: "arn:aws:logs:eu-west-1:123456789012:log-group:g"))
        }
    }

    @Test("a group has tags, by both generations of operations")
    func tags() async throws {
        let logs = try await LogsCloud()
        try await logs.make("g")
        let arn = "arn:aws:logs:us-east-1:123456789012:log-group:g"
        _ = try await logs.call(
            CloudWatchLogsAPI.tagResource, TagResourceRequest(resourceArn: arn, tags: ["a": "1"]))
        _ = try await logs.call(
            CloudWatchLogsAPI.tagLogGroup,
            TagLogGroupRequest(logGroupName: "g", tags: ["a": "2", "b": "3"]))
        #expect(
            try await logs.call(
                CloudWatchLogsAPI.listTagsLogGroup, ListTagsLogGroupRequest(logGroupName: "g")
            ).tags == ["a": "2", "b": "3"])
        _ = try await logs.call(
            CloudWatchLogsAPI.untagResource, UntagResourceRequest(resourceArn: arn, tagKeys: ["a"]))
        #expect(
            try await logs.call(
                CloudWatchLogsAPI.listTagsForResource, ListTagsForResourceRequest(resourceArn: arn)
            ).tags == ["b": "3"])
        _ = try await logs.call(
            CloudWatchLogsAPI.untagLogGroup, UntagLogGroupRequest(logGroupName: "g", tags: ["b"]))
        #expect(
            try await logs.call(
                CloudWatchLogsAPI.listTagsLogGroup, ListTagsLogGroupRequest(logGroupName: "g")
            ).tags == [:])
        await expectError("TooManyTagsException") {
            _ = try await logs.call(
                CloudWatchLogsAPI.tagResource,
                TagResourceRequest(
                    resourceArn: arn,
                    tags: Dictionary(uniqueKeysWithValues: (0..<51).map { ("k\($0)", "v") })))
        }
    }

    @Test("a protected group stays until its protection ends")
    func protection() async throws {
        let logs = try await LogsCloud()
        _ = try await logs.call(
            CloudWatchLogsAPI.createLogGroup,
            CreateLogGroupRequest(logGroupName: "g", deletionProtectionEnabled: true))
        await expectError("ValidationException") {
            _ = try await logs.call(
                CloudWatchLogsAPI.deleteLogGroup, DeleteLogGroupRequest(logGroupName: "g"))
        }
        _ = try await logs.call(
            CloudWatchLogsAPI.putLogGroupDeletionProtection,
            PutLogGroupDeletionProtectionRequest(
                logGroupIdentifier: "g", deletionProtectionEnabled: false))
        _ = try await logs.call(
            CloudWatchLogsAPI.deleteLogGroup, DeleteLogGroupRequest(logGroupName: "g"))
    }

    @Test("a group made anew under an old name is empty, and the old events are removed")
    func deletion() async throws {
        let logs = try await LogsCloud()
        try await logs.make("g", streams: "s")
        try await logs.put([(0, "old")], into: "s", of: "g")
        _ = try await logs.call(
            CloudWatchLogsAPI.deleteLogGroup, DeleteLogGroupRequest(logGroupName: "g"))
        try await logs.make("g", streams: "s", "t")
        #expect(try await logs.filter(.init(logGroupName: "g")) == [])
        try await logs.put([(0, "new")], into: "s", of: "g")
        try await logs.put([(0, "gone")], into: "t", of: "g")
        _ = try await logs.call(
            CloudWatchLogsAPI.deleteLogStream,
            DeleteLogStreamRequest(logGroupName: "g", logStreamName: "t"))
        #expect(try await logs.filter(.init(logGroupName: "g")) == ["new"])
        let service = logs.service
        let work = Task { try await service.run() }
        while try await logs.rows(of: "log_events") != 1 { await Task.yield() }
        work.cancel()
        _ = await work.result
    }

    @Test("events are gone when their retention has passed")
    func retention() async throws {
        let logs = try await LogsCloud()
        try await logs.make("g", streams: "s")
        await expectError("InvalidParameterException") {
            _ = try await logs.call(
                CloudWatchLogsAPI.putRetentionPolicy,
                PutRetentionPolicyRequest(logGroupName: "g", retentionInDays: 2))
        }
        _ = try await logs.call(
            CloudWatchLogsAPI.putRetentionPolicy,
            PutRetentionPolicyRequest(logGroupName: "g", retentionInDays: 3))
        try await logs.put([(0, "first")], into: "s", of: "g")
        logs.cloud.clock.advance(by: .seconds(2 * 86_400))
        try await logs.put([(0, "second")], into: "s", of: "g")
        logs.cloud.clock.advance(by: .seconds(86_401))
        #expect(try await logs.filter(.init(logGroupName: "g")) == ["second"])
        let service = logs.service
        let work = Task { try await service.run() }
        while try await logs.rows(of: "log_events") != 1 { await Task.yield() }
        work.cancel()
        _ = await work.result
        let group = try await logs.call(
            CloudWatchLogsAPI.describeLogGroups, DescribeLogGroupsRequest()
        ).logGroups?.first
        #expect(group?.storedBytes == 6 + 26)
        #expect(group?.retentionInDays == 3)
        let stream = try await logs.call(
            CloudWatchLogsAPI.describeLogStreams, DescribeLogStreamsRequest(logGroupName: "g")
        ).logStreams?.first
        #expect(stream?.firstEventTimestamp == logs.now - 86_401_000)
        let put = try await logs.put([(-4 * 86_400_000, "expired")], into: "s", of: "g")
        #expect(put.rejectedLogEventsInfo?.expiredLogEventEndIndex == 1)
        _ = try await logs.call(
            CloudWatchLogsAPI.deleteRetentionPolicy, DeleteRetentionPolicyRequest(logGroupName: "g")
        )
        #expect(
            try await logs.call(
                CloudWatchLogsAPI.describeLogGroups, DescribeLogGroupsRequest()
            ).logGroups?.first?.retentionInDays == nil)
    }
}
