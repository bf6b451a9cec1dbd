import CloudWatchLogsModel
import Storage
import TestKit
import Testing

@testable import CloudWatchLogs

/// What becomes of log events where the storage fails.
@Suite("Log events on a storage that fails")
struct FaultTests {
    private func messages(_ logs: LogsCloud) async throws -> [String] {
        try await logs.filter(FilterLogEventsRequest(logGroupName: "g"))
    }

    @Test(
        "events whose write fails are not there, and can be put again",
        arguments: [
            .statement(1, .unavailable), .statement(2, .full), .statement(3, .conflict),
            .commit(.conflict), .commit(.full),
        ] as [Fault])
    func failure(fault: Fault) async throws {
        let faults = Faults()
        let logs = try await LogsCloud(faults: faults)
        try await logs.make("g", streams: "s")
        faults.plan(fault)
        await #expect(throws: StorageError.self) {
            try await logs.put([(0, "a")], into: "s", of: "g")
        }
        #expect(try await messages(logs).isEmpty)
        try await logs.put([(0, "a")], into: "s", of: "g")
        #expect(try await messages(logs) == ["a"])
    }

    @Test("a body that is run a second time leaves one of each")
    func secondRun() async throws {
        let faults = Faults()
        faults.plan(.secondRun, .secondRun, .secondRun)
        let logs = try await LogsCloud(faults: faults)
        try await logs.make("g", streams: "s")
        try await logs.put([(0, "a"), (1, "b")], into: "s", of: "g")
        #expect(faults.count == 3)
        #expect(try await messages(logs) == ["a", "b"])
        #expect(try await logs.rows(of: "log_streams") == 1)
    }

    @Test("a group whose answer was lost is there")
    func lostAnswer() async throws {
        let faults = Faults()
        let logs = try await LogsCloud(faults: faults)
        faults.plan(.lostAnswer)
        await #expect(throws: StorageError.self) { try await logs.make("g") }
        await expectError("ResourceAlreadyExistsException") { try await logs.make("g") }
    }

    @Test("what was acknowledged is there, whatever fails", arguments: 0..<10 as Range<UInt64>)
    func acknowledged(seed: UInt64) async throws {
        let faults = Faults(seed: seed, percent: 30)
        let logs = try await LogsCloud(faults: faults)
        while true {
            do {
                try await logs.make("g", streams: "s")
                break
            } catch {
                _ = try? await logs.call(
                    CloudWatchLogsAPI.deleteLogGroup, DeleteLogGroupRequest(logGroupName: "g"))
            }
        }
        var acknowledged: Set<String> = []
        for number in 0..<40 {
            do {
                try await logs.put([(number, "\(number)")], into: "s", of: "g")
                acknowledged.insert("\(number)")
            } catch is StorageError {}
        }
        faults.stop()
        let found = try await messages(logs)
        #expect(faults.count > 0)
        #expect(Set(found).count == found.count)
        #expect(acknowledged.isSubset(of: found))
    }
}
