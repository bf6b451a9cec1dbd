import Platform
import SecretsManagerModel
import Storage
import TestKit
import Testing
import Wire

@testable import SecretsManager

@Suite("Secrets")
struct SecretTests {
    private static let token = "11111111-1111-1111-1111-111111111111"

    @Test("a secret is found by its name, its ARN, and its ARN without the end")
    func references() async throws {
        let secrets = try await SecretsCloud()
        let made = try await secrets.create("app/db")
        let arn = try #require(made.arn)
        let prefix = "arn:aws:secretsmanager:us-east-1:123456789012:secret:app/db"
        #expect(arn.hasPrefix(prefix + "-"))
        #expect(arn.utf8.count == prefix.utf8.count + 7)
        for id in ["app/db", arn, prefix] {
            let value = try await secrets.get(id)
            #expect(value.secretString == "v1")
            #expect(value.arn == arn)
            #expect(value.versionId == made.versionId)
            #expect(value.versionStages == ["AWSCURRENT"])
        }
        await expectError(
            "ResourceNotFoundException", "Secrets Manager can't find the specified secret."
        ) {
            _ = try await secrets.get("none")
        }
        await expectError("ResourceNotFoundException") {
            _ = try await secrets.get(prefix + "-abcdef")
        }
    }

    @Test("a value is text or bytes, not both, and encrypted at rest")
    func values() async throws {
        let secrets = try await SecretsCloud()
        try await secrets.create("text", "tulip")
        try await secrets.create("bytes", nil) { $0.secretBinary = [0, 1, 2] }
        #expect(try await secrets.get("bytes").secretBinary == [0, 1, 2])
        #expect(try await secrets.get("bytes").secretString == nil)
        await expectError("InvalidParameterException") {
            try await secrets.create("both", "x") { $0.secretBinary = [1] }
        }
        await expectError(
            "InvalidRequestException", "You must provide either SecretString or SecretBinary."
        ) {
            try await secrets.call(
                SecretsManagerAPI.putSecretValue, PutSecretValueRequest(secretId: "text"))
        }
        let stored = try await secrets.database.read {
            try $0.query("SELECT value FROM versions").map { $0.bytes(0) }
        }
        #expect(stored.count == 2)
        for bytes in stored { #expect(!Self.contains(bytes, "tulip")) }
        let large = String(repeating: "x", count: 65_536)
        try await secrets.create("large", large)
        #expect(try await secrets.get("large").secretString == large)
    }

    private static func contains(_ bytes: [UInt8], _ text: String) -> Bool {
        bytes.indices.contains { bytes[$0...].starts(with: text.utf8) }
    }

    @Test("a new value becomes the current one, and the one before is the previous")
    func stages() async throws {
        let secrets = try await SecretsCloud()
        let first = try await secrets.create("s").versionId ?? ""
        let second = try await secrets.put("s", "v2").versionId ?? ""
        #expect(try await secrets.get("s").secretString == "v2")
        #expect(try await secrets.get("s", stage: "AWSPREVIOUS").secretString == "v1")
        #expect(try await secrets.get("s", version: first).secretString == "v1")
        let third = try await secrets.put("s", "v3").versionId ?? ""
        let described = try await secrets.describe("s")
        #expect(
            described.versionIdsToStages == [second: ["AWSPREVIOUS"], third: ["AWSCURRENT"]])
        await expectError(
            "ResourceNotFoundException",
            "Secrets Manager can't find the specified secret value for staging label: AWSPENDING"
        ) {
            _ = try await secrets.get("s", stage: "AWSPENDING")
        }
        await expectError(
            "InvalidRequestException",
            "You provided a VersionStage that is not associated to the provided VersionId."
        ) {
            _ = try await secrets.get("s", version: first, stage: "AWSCURRENT")
        }
        func listed(_ deprecated: Bool) async throws -> [String?] {
            try await secrets.call(
                SecretsManagerAPI.listSecretVersionIds,
                ListSecretVersionIdsRequest(secretId: "s", includeDeprecated: deprecated)
            ).versions?.map(\.versionId) ?? []
        }
        #expect(Set(try await listed(false)) == [second, third])
        #expect(Set(try await listed(true)) == [first, second, third])
    }

    @Test("stages move only from where they are said to be")
    func moveStages() async throws {
        let secrets = try await SecretsCloud()
        let current = try await secrets.create("s").versionId ?? ""
        let pending = try await secrets.put("s", "v2", stages: ["AWSPENDING"]).versionId ?? ""
        #expect(try await secrets.get("s").secretString == "v1")
        func move(_ stage: String, from: String?, to: String?) async throws {
            _ = try await secrets.call(
                SecretsManagerAPI.updateSecretVersionStage,
                UpdateSecretVersionStageRequest(
                    secretId: "s", versionStage: stage, removeFromVersionId: from,
                    moveToVersionId: to))
        }
        await expectError(
            "InvalidParameterException",
            "The parameter RemoveFromVersionId can't be empty. Staging label AWSCURRENT is "
                + "currently attached to version \(current), so you must explicitly reference that "
                + "version in RemoveFromVersionId."
        ) {
            try await move("AWSCURRENT", from: nil, to: pending)
        }
        await expectError("InvalidParameterException") {
            try await move("AWSCURRENT", from: current, to: nil)
        }
        await expectError("InvalidParameterException") {
            try await move("AWSCURRENT", from: pending, to: current)
        }
        try await move("AWSCURRENT", from: current, to: pending)
        #expect(
            try await secrets.describe("s").versionIdsToStages
                == [current: ["AWSPREVIOUS"], pending: ["AWSCURRENT", "AWSPENDING"]])
        try await move("AWSPENDING", from: pending, to: nil)
        #expect(try await secrets.describe("s").versionIdsToStages?[pending] == ["AWSCURRENT"])
    }

    @Test("the same token with the same value changes nothing, with another is refused")
    func tokens() async throws {
        let secrets = try await SecretsCloud()
        let made = try await secrets.create("s") { $0.clientRequestToken = Self.token }
        #expect(made.versionId == Self.token)
        let again = try await secrets.create("s") { $0.clientRequestToken = Self.token }
        #expect(again.arn == made.arn && again.versionId == Self.token)
        let message =
            "You can't use ClientRequestToken \(Self.token) because that value is already in use "
            + "for a version of secret \(made.arn ?? "")."
        await expectError("ResourceExistsException", message) {
            try await secrets.create("s", "other") { $0.clientRequestToken = Self.token }
        }
        await expectError("ResourceExistsException", message) {
            try await secrets.put("s", "other", token: Self.token)
        }
        #expect(try await secrets.put("s", "v1", token: Self.token).versionId == Self.token)
        await expectError(
            "ResourceExistsException", "The operation failed because the secret s already exists."
        ) {
            try await secrets.create("s")
        }
    }

    @Test("an update changes what it says, and encrypts again under another key")
    func update() async throws {
        let secrets = try await SecretsCloud()
        try await secrets.create("s")
        try await secrets.put("s", "v2")
        let before = try await secrets.database.read {
            try $0.query("SELECT value FROM versions").map { $0.bytes(0) }
        }
        let answer = try await secrets.call(
            SecretsManagerAPI.updateSecret,
            UpdateSecretRequest(secretId: "s", description: "d", kmsKeyId: "alias/aws/s3"))
        #expect(answer.versionId == nil)
        let after = try await secrets.database.read {
            try $0.query("SELECT value FROM versions").map { $0.bytes(0) }
        }
        #expect(Set(before).isDisjoint(with: after))
        #expect(try await secrets.describe("s").description == "d")
        #expect(try await secrets.get("s", stage: "AWSPREVIOUS").secretString == "v1")
        let value = try await secrets.call(
            SecretsManagerAPI.updateSecret, UpdateSecretRequest(secretId: "s", secretString: "v3"))
        #expect(try await secrets.get("s").versionId == value.versionId)
        await expectError("EncryptionFailure") {
            try await secrets.call(
                SecretsManagerAPI.updateSecret,
                UpdateSecretRequest(secretId: "s", kmsKeyId: "alias/none"))
        }
    }

    @Test("a deleted secret can be restored, until its window is over")
    func deletion() async throws {
        let secrets = try await SecretsCloud()
        try await secrets.create("s")
        let request = DeleteSecretRequest(secretId: "s", recoveryWindowInDays: 7)
        let deleted = try await secrets.call(SecretsManagerAPI.deleteSecret, request)
        #expect(deleted.deletionDate == secrets.cloud.clock.now + .seconds(7 * 86_400))
        await expectError("InvalidRequestException") { _ = try await secrets.get("s") }
        await expectError("InvalidRequestException") { try await secrets.create("s") }
        #expect(try await secrets.describe("s").deletedDate == deleted.deletionDate)
        _ = try await secrets.call(
            SecretsManagerAPI.restoreSecret, RestoreSecretRequest(secretId: "s"))
        #expect(try await secrets.get("s").secretString == "v1")
        _ = try await secrets.call(SecretsManagerAPI.deleteSecret, request)
        try await secrets.withWork(.seconds(7 * 86_400)) {
            try await secrets.database.read {
                try $0.first("SELECT COUNT(*) FROM versions")?.int(0) == 0
            }
        }
        await expectError("ResourceNotFoundException") { _ = try await secrets.describe("s") }
        try await secrets.create("t")
        _ = try await secrets.call(
            SecretsManagerAPI.deleteSecret,
            DeleteSecretRequest(secretId: "t", forceDeleteWithoutRecovery: true))
        await expectError("ResourceNotFoundException") { _ = try await secrets.describe("t") }
        await expectError("InvalidParameterException") {
            try await secrets.call(
                SecretsManagerAPI.deleteSecret,
                DeleteSecretRequest(secretId: "t", recoveryWindowInDays: 6))
        }
    }

    @Test("policies are checked, and tell what is too broad")
    func policies() async throws {
        let secrets = try await SecretsCloud()
        try await secrets.create("s")
        let own = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"secretsmanager:GetSecretValue","Resource":"*"}]}
            """
        let broad = own.replacing("123456789012", with: "*")
        _ = try await secrets.call(
            SecretsManagerAPI.putResourcePolicy,
            PutResourcePolicyRequest(secretId: "s", resourcePolicy: own, blockPublicPolicy: true))
        func policy() async throws -> String? {
            try await secrets.call(
                SecretsManagerAPI.getResourcePolicy, GetResourcePolicyRequest(secretId: "s")
            ).resourcePolicy
        }
        #expect(try await policy() == own)
        await expectError("PublicPolicyException") {
            try await secrets.call(
                SecretsManagerAPI.putResourcePolicy,
                PutResourcePolicyRequest(
                    secretId: "s", resourcePolicy: broad, blockPublicPolicy: true))
        }
        await expectError("MalformedPolicyDocumentException") {
            try await secrets.call(
                SecretsManagerAPI.putResourcePolicy,
                PutResourcePolicyRequest(secretId: "s", resourcePolicy: "{"))
        }
        for (text, passes) in [(own, true), (broad, false)] {
            let answer = try await secrets.call(
                SecretsManagerAPI.validateResourcePolicy,
                ValidateResourcePolicyRequest(secretId: "s", resourcePolicy: text))
            #expect(answer.policyValidationPassed == passes)
        }
        _ = try await secrets.call(
            SecretsManagerAPI.deleteResourcePolicy, DeleteResourcePolicyRequest(secretId: "s"))
        #expect(try await policy() == nil)
    }

    @Test("passwords have what is wanted, and nothing that is not")
    func passwords() async throws {
        let secrets = try await SecretsCloud()
        func password(_ change: (inout GetRandomPasswordRequest) -> Void) async throws -> String {
            var request = GetRandomPasswordRequest()
            change(&request)
            return try await secrets.call(SecretsManagerAPI.getRandomPassword, request)
                .randomPassword ?? ""
        }
        #expect(try await password { _ in }.count == 32)
        for _ in 0..<50 {
            let short = try await password {
                $0.passwordLength = 4
                $0.excludeCharacters = "aA0"
            }
            #expect(short.contains { $0.isLowercase })
            #expect(short.contains { $0.isUppercase })
            #expect(short.contains { $0.isNumber })
            #expect(!short.contains { "aA0".contains($0) })
        }
        let digits = try await password {
            $0.excludeLowercase = true
            $0.excludeUppercase = true
            $0.excludePunctuation = true
        }
        #expect(digits.allSatisfy { $0.isNumber })
        await expectError("InvalidParameterException") {
            _ = try await password { $0.passwordLength = 3 }
        }
    }
}
