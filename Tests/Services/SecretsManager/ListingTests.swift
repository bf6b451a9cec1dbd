import Platform
import SecretsManagerModel
import TestKit
import Testing
import Wire

@testable import SecretsManager

@Suite("Lists of secrets")
struct ListingTests {
    private func names(
        _ secrets: SecretsCloud, _ key: String, _ values: String...
    ) async throws -> [String?] {
        try await secrets.call(
            SecretsManagerAPI.listSecrets,
            ListSecretsRequest(filters: [Filter(key: key, values: values)])
        ).secretList?.map(\.name) ?? []
    }

    @Test("filters find by beginnings, and by words")
    func filters() async throws {
        let secrets = try await SecretsCloud()
        try await secrets.create("SecretOne") { $0.description = "one two" }
        secrets.cloud.clock.advance(by: .seconds(1))
        try await secrets.create("prod/AppBeta/x") { $0.tags = [Tag(key: "env", value: "Prod")] }
        secrets.cloud.clock.advance(by: .seconds(1))
        try await secrets.create("other") { $0.description = "one" }
        #expect(try await names(secrets, "name", "Secret") == ["SecretOne"])
        #expect(try await names(secrets, "name", "secret") == [])
        #expect(try await names(secrets, "name", "!Secret") == ["prod/AppBeta/x", "other"])
        #expect(try await names(secrets, "description", "two one") == ["SecretOne"])
        #expect(try await names(secrets, "description", "o") == ["SecretOne", "other"])
        #expect(try await names(secrets, "tag-key", "env") == ["prod/AppBeta/x"])
        #expect(try await names(secrets, "tag-value", "Prod") == ["prod/AppBeta/x"])
        #expect(try await names(secrets, "all", "sec") == ["SecretOne"])
        #expect(try await names(secrets, "all", "beta") == ["prod/AppBeta/x"])
        #expect(try await names(secrets, "all", "ret") == [])
    }

    @Test("secrets come page by page, in either order, deleted ones on demand")
    func pages() async throws {
        let secrets = try await SecretsCloud()
        for name in ["c", "a", "b"] {
            try await secrets.create(name)
            secrets.cloud.clock.advance(by: .seconds(1))
        }
        func all(_ request: ListSecretsRequest) async throws -> [String?] {
            var request = request
            var names: [String?] = []
            repeat {
                let page = try await secrets.call(SecretsManagerAPI.listSecrets, request)
                names += page.secretList?.map(\.name) ?? []
                request.nextToken = page.nextToken
            } while request.nextToken != nil
            return names
        }
        #expect(try await all(.init(maxResults: 1)) == ["c", "a", "b"])
        #expect(try await all(.init(maxResults: 2, sortOrder: "desc")) == ["b", "a", "c"])
        #expect(try await all(.init(maxResults: 2, sortBy: "name")) == ["a", "b", "c"])
        _ = try await secrets.call(
            SecretsManagerAPI.deleteSecret, DeleteSecretRequest(secretId: "a"))
        #expect(try await all(.init()) == ["c", "b"])
        #expect(try await all(.init(includePlannedDeletion: true)) == ["c", "a", "b"])
        await expectError("InvalidNextTokenException") { _ = try await all(.init(nextToken: "?")) }
    }

    @Test("several values come at once, and what is missing is told apart")
    func batch() async throws {
        let secrets = try await SecretsCloud()
        try await secrets.create("a", "1")
        try await secrets.create("b", "2") { $0.tags = [Tag(key: "env", value: "x")] }
        let answer = try await secrets.call(
            SecretsManagerAPI.batchGetSecretValue,
            BatchGetSecretValueRequest(secretIdList: ["a", "none", "b"]))
        #expect(answer.secretValues?.map(\.secretString) == ["1", "2"])
        #expect(answer.errors?.map(\.secretId) == ["none"])
        let found = try await secrets.call(
            SecretsManagerAPI.batchGetSecretValue,
            BatchGetSecretValueRequest(filters: [Filter(key: "tag-key", values: ["env"])]))
        #expect(found.secretValues?.map(\.secretString) == ["2"])
        await expectError("InvalidParameterException") {
            try await secrets.call(
                SecretsManagerAPI.batchGetSecretValue, BatchGetSecretValueRequest())
        }
    }

    @Test("tags are added, replaced and removed")
    func tags() async throws {
        let secrets = try await SecretsCloud()
        try await secrets.create("s") { $0.tags = [Tag(key: "a", value: "1")] }
        _ = try await secrets.call(
            SecretsManagerAPI.tagResource,
            TagResourceRequest(
                secretId: "s", tags: [Tag(key: "a", value: "2"), Tag(key: "b", value: "3")]))
        _ = try await secrets.call(
            SecretsManagerAPI.untagResource, UntagResourceRequest(secretId: "s", tagKeys: ["b"]))
        let tags = try await secrets.describe("s").tags
        #expect(tags?.map(\.key) == ["a"])
        #expect(tags?.map(\.value) == ["2"])
    }
}
