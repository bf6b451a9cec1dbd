import Platform
import SecretsManagerModel
import ServiceKit
import TestKit
import Testing
import Wire

@testable import SecretsManager

@Suite("Rotation and replication")
struct RotationTests {
    private static let function = "arn:aws:lambda:us-east-1:123456789012:function:rotate"

    private func rotate(
        _ secrets: SecretsCloud, _ change: (inout RotateSecretRequest) -> Void = { _ in }
    ) async throws -> String? {
        var request = RotateSecretRequest(
            secretId: "s", rotationLambdaARN: Self.function,
            rotationRules: RotationRulesType(automaticallyAfterDays: 10))
        change(&request)
        return try await secrets.call(SecretsManagerAPI.rotateSecret, request).versionId
    }

    @Test("a rotation runs the four steps, and its version becomes the current one")
    func steps() async throws {
        let secrets = try await SecretsCloud()
        let first = try await secrets.create("s").versionId ?? ""
        let token = try #require(try await rotate(secrets))
        #expect(try await secrets.describe("s").versionIdsToStages?[token] == ["AWSPENDING"])
        await expectError("ResourceNotFoundException") {
            _ = try await secrets.get("s", version: token, stage: "AWSPENDING")
        }
        try await secrets.withWork { try await secrets.describe("s").lastRotatedDate != nil }
        #expect(
            secrets.lambda.steps == ["createSecret", "setSecret", "testSecret", "finishSecret"])
        #expect(try await secrets.get("s").secretString == "rotated \(token)")
        let described = try await secrets.describe("s")
        #expect(described.rotationEnabled == true)
        #expect(described.rotationLambdaARN == Self.function)
        #expect(described.nextRotationDate == secrets.cloud.clock.now + .seconds(10 * 86_400))
        #expect(described.versionIdsToStages?[first] == ["AWSPREVIOUS"])
    }

    @Test("a secret rotates again and again by its schedule, until that is cancelled")
    func schedule() async throws {
        let secrets = try await SecretsCloud()
        try await secrets.create("s")
        _ = try await rotate(secrets)
        try await secrets.withWork { try await secrets.describe("s").lastRotatedDate != nil }
        let before = try await secrets.get("s").versionId
        try await secrets.withWork(.seconds(10 * 86_400)) {
            try await secrets.get("s").versionId != before
        }
        _ = try await secrets.call(
            SecretsManagerAPI.cancelRotateSecret, CancelRotateSecretRequest(secretId: "s"))
        let cancelled = try await secrets.describe("s")
        #expect(cancelled.rotationEnabled == false)
        #expect(cancelled.nextRotationDate == nil)
    }

    @Test("a step that fails is tried again")
    func failures() async throws {
        let secrets = try await SecretsCloud()
        try await secrets.create("s")
        secrets.lambda.fail(1)
        let token = try await rotate(secrets)
        try await withThrowingTaskGroup { group in
            group.addTask { try await secrets.service.run() }
            while secrets.lambda.steps.isEmpty { await Task.yield() }
            while try await secrets.describe("s").lastRotatedDate == nil {
                secrets.cloud.clock.advance(by: .milliseconds(100))
                await Task.yield()
            }
            group.cancelAll()
        }
        #expect(try await secrets.get("s").versionId == token)
    }

    @Test("a rotation that is set for later tests the function only")
    func later() async throws {
        let secrets = try await SecretsCloud()
        let first = try await secrets.create("s").versionId ?? ""
        _ = try await rotate(secrets) { $0.rotateImmediately = false }
        try await secrets.withWork {
            try await secrets.describe("s").versionIdsToStages == [first: ["AWSCURRENT"]]
        }
        #expect(secrets.lambda.steps == ["testSecret"])
    }

    @Test("what cannot rotate is refused")
    func refusals() async throws {
        let secrets = try await SecretsCloud()
        try await secrets.create("s")
        await expectError(
            "InvalidRequestException",
            "No Lambda rotation function ARN is associated with this secret."
        ) {
            _ = try await rotate(secrets) { $0.rotationLambdaARN = nil }
        }
        await expectError("AccessDeniedException") {
            _ = try await rotate(secrets) { $0.rotationLambdaARN = Self.function + "-none" }
        }
        _ = try await rotate(secrets)
        await expectError(
            "InvalidRequestException",
            "A previous rotation isn't complete. That rotation will be reattempted."
        ) {
            _ = try await rotate(secrets)
        }
    }

    @Test(
        "schedules tell the next time",
        arguments: [
            ("rate(10 days)", "2026-01-11T10:30:00Z"), ("rate(4 hours)", "2026-01-01T14:30:00Z"),
            ("cron(0 8 1 * ? *)", "2026-02-01T08:00:00Z"),
            ("cron(0 */6 * * ? *)", "2026-01-01T12:00:00Z"),
            ("cron(0 0 L * ? *)", "2026-01-31T00:00:00Z"),
            ("cron(0 0 ? * MON-TUE *)", "2026-01-05T00:00:00Z"),
            ("cron(0 0 ? * SUN#2 *)", "2026-01-11T00:00:00Z"),
            ("cron(0 0 ? * 6L *)", "2026-01-30T00:00:00Z"),
            ("cron(0 0 4W * ? *)", "2026-01-05T00:00:00Z"),
            ("cron(0 0 1 JUN ? 2027)", "2027-06-01T00:00:00Z"),
        ])
    func schedules(_ expression: String, _ next: String) throws {
        let start = try #require(Instant(iso8601: "2026-01-01T10:30:00Z"))
        let schedule = try RotationSchedule(days: nil, schedule: expression)
        #expect(schedule?.next(after: start) == Instant(iso8601: next))
    }

    @Test(
        "what is no schedule is refused",
        arguments: [
            "rate(3 hours)", "rate(0 days)", "rate(x days)", "cron(0 8 1 * ?)",
            "cron(60 8 1 * ? *)",
            "daily", "cron(0 8 1-0 * ? *)",
        ])
    func badSchedules(_ expression: String) async {
        await expectError("InvalidParameterException") {
            _ = try RotationSchedule(days: nil, schedule: expression)
        }
    }

    @Test("a replica has the value in its region, follows the primary, and can be cut off")
    func replicas() async throws {
        let secrets = try await SecretsCloud()
        try await secrets.create("s")
        let west = secrets.cloud.context(region: "eu-west-1")
        let answer = try await secrets.call(
            SecretsManagerAPI.replicateSecretToRegions,
            ReplicateSecretToRegionsRequest(
                secretId: "s", addReplicaRegions: [ReplicaRegionType(region: "eu-west-1")]))
        #expect(answer.replicationStatus?.map(\.status) == ["InProgress"])
        @Sendable func isInSync() async throws -> Bool {
            try await secrets.describe("s").replicationStatus?.map(\.status) == ["InSync"]
        }
        try await secrets.withWork { try await isInSync() }
        let copy = try await secrets.get("s", in: west)
        #expect(copy.secretString == "v1")
        #expect(copy.arn == answer.arn?.replacing("us-east-1", with: "eu-west-1"))
        try await secrets.put("s", "v2")
        try await secrets.withWork { try await isInSync() }
        #expect(try await secrets.get("s", in: west).secretString == "v2")
        await expectError(
            "InvalidParameterException",
            "Operation not permitted on a replica secret. Call must be made in primary secret's "
                + "region."
        ) {
            try await secrets.call(
                SecretsManagerAPI.deleteSecret, DeleteSecretRequest(secretId: "s"), in: west)
        }
        await expectError("InvalidParameterException") {
            try await secrets.call(
                SecretsManagerAPI.deleteSecret, DeleteSecretRequest(secretId: "s"))
        }
        _ = try await secrets.call(
            SecretsManagerAPI.stopReplicationToReplica,
            StopReplicationToReplicaRequest(secretId: "s"), in: west)
        #expect(try await secrets.describe("s", in: west).primaryRegion == nil)
        #expect(try await secrets.describe("s").replicationStatus == nil)
    }

    @Test("a region that is removed loses its copy")
    func removeRegion() async throws {
        let secrets = try await SecretsCloud()
        try await secrets.create("s") {
            $0.addReplicaRegions = [ReplicaRegionType(region: "eu-west-1")]
        }
        try await secrets.withWork {
            try await secrets.describe("s").replicationStatus?.map(\.status) == ["InSync"]
        }
        _ = try await secrets.call(
            SecretsManagerAPI.removeRegionsFromReplication,
            RemoveRegionsFromReplicationRequest(
                secretId: "s", removeReplicaRegions: ["eu-west-1"]))
        await expectError("ResourceNotFoundException") {
            _ = try await secrets.get("s", in: secrets.cloud.context(region: "eu-west-1"))
        }
    }

    @Test("a secret of the same name in the region keeps its place, unless it may be overwritten")
    func obstacles() async throws {
        let secrets = try await SecretsCloud()
        let west = secrets.cloud.context(region: "eu-west-1")
        _ = try await secrets.call(
            SecretsManagerAPI.createSecret,
            CreateSecretRequest(name: "s", secretString: "own"), in: west)
        try await secrets.create("s")
        var request = ReplicateSecretToRegionsRequest(
            secretId: "s", addReplicaRegions: [ReplicaRegionType(region: "eu-west-1")])
        let answer = try await secrets.call(SecretsManagerAPI.replicateSecretToRegions, request)
        #expect(answer.replicationStatus?.map(\.status) == ["Failed"])
        #expect(
            answer.replicationStatus?.map(\.statusMessage)
                == ["Replication failed: Secret name s already exists in region eu-west-1."])
        #expect(try await secrets.get("s", in: west).secretString == "own")
        request.forceOverwriteReplicaSecret = true
        _ = try await secrets.call(SecretsManagerAPI.replicateSecretToRegions, request)
        try await secrets.withWork {
            try await secrets.describe("s").replicationStatus?.map(\.status) == ["InSync"]
        }
        #expect(try await secrets.get("s", in: west).secretString == "v1")
    }
}
