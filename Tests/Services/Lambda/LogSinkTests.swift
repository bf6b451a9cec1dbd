import CloudWatchLogsModel
import Platform
import Sandbox
import TestKit
import Testing

@testable import Lambda

@Suite("Functions' logs")
struct LogSinkTests {
    private func deployment(group: String = "/aws/lambda/orders") -> FunctionDeployment {
        FunctionDeployment(
            id: "d", functionName: "orders", functionVersion: "$LATEST",
            accountID: TestCloud.account, region: "us-east-1", runtime: "python3.12",
            handler: "app.handler", codeDirectory: "/", logGroup: group,
            credentials: .init(accessKeyID: "", secretAccessKey: "", sessionToken: ""),
            endpointURL: "")
    }

    private func events(_ test: LambdaCloud, stream: String) async throws -> [String] {
        while true {
            let found = try? await test.call(
                CloudWatchLogsAPI.getLogEvents,
                GetLogEventsRequest(
                    logGroupName: "/aws/lambda/orders", logStreamName: stream, startFromHead: true))
            if let events = found?.events, !events.isEmpty { return events.compactMap(\.message) }
            await Task.yield()
        }
    }

    @Test("lines come to the function's log group, in a stream for each environment")
    func lines() async throws {
        let test = try await LambdaCloud()
        let now = test.cloud.clock.now
        let deployment = deployment()
        test.logs.write([(now, "one\n"), (now, "")], of: deployment, logStream: "a")
        test.logs.write([(now, "other\n")], of: deployment, logStream: "b")
        test.logs.write([(now, "two\n")], of: deployment, logStream: "a")
        let (a, b) = try await test.whileRunning {
            (try await self.events(test, stream: "a"), try await self.events(test, stream: "b"))
        }
        #expect(a == ["one\n", "\n", "two\n"])
        #expect(b == ["other\n"])
    }

    @Test("lines that come faster than they can be kept are dropped, and counted")
    func flood() async throws {
        let test = try await LambdaCloud()
        let now = test.cloud.clock.now
        let line = String(repeating: "x", count: 250_000)
        for _ in 0..<80 { test.logs.write([(now, line)], of: deployment(), logStream: "a") }
        let last = try await test.whileRunning {
            var messages: [String] = []
            while messages.last?.hasPrefix("[WARNING]") != true {
                let found = try? await test.call(
                    CloudWatchLogsAPI.getLogEvents,
                    GetLogEventsRequest(
                        logGroupName: "/aws/lambda/orders", logStreamName: "a", limit: 1))
                messages = found?.events?.compactMap(\.message) ?? []
                await Task.yield()
            }
            return messages.last
        }
        #expect(last == "[WARNING] 13 lines were dropped: they came too fast\n")
    }
}
