import KMSModel
import Platform
import ServiceKit
import TestKit
import Testing
import Wire

@testable import KMS

@Suite("Keys")
struct KeyTests {
    @Test("a key is described as AWS describes it")
    func describe() async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey { $0.description = "for orders" }
        let arn = "arn:aws:kms:us-east-1:123456789012:key/\(key)"
        let metadata = try await kms.describe(arn)
        #expect(metadata.arn == arn)
        #expect(metadata.awsAccountId == "123456789012")
        #expect(metadata.description == "for orders")
        #expect(metadata.enabled == true)
        #expect(metadata.keyState == "Enabled")
        #expect(metadata.keyManager == "CUSTOMER")
        #expect(metadata.origin == "AWS_KMS")
        #expect(metadata.keySpec == "SYMMETRIC_DEFAULT")
        #expect(metadata.encryptionAlgorithms == ["SYMMETRIC_DEFAULT"])
        #expect(metadata.multiRegion == false)
        #expect(metadata.creationDate == kms.cloud.clock.now)
        _ = try await kms.call(
            KMSAPI.updateKeyDescription,
            UpdateKeyDescriptionRequest(keyId: key, description: "for more"))
        #expect(try await kms.describe(key).description == "for more")
    }

    @Test("keys come page by page")
    func pages() async throws {
        let kms = try await KMSCloud()
        var made: Set<String> = []
        for _ in 0..<5 { made.insert(try await kms.makeKey()) }
        let first = try await kms.call(KMSAPI.listKeys, ListKeysRequest(limit: 3))
        #expect(first.truncated == true)
        let second = try await kms.call(
            KMSAPI.listKeys, ListKeysRequest(limit: 3, marker: first.nextMarker))
        #expect(second.truncated == false)
        #expect(
            Set(((first.keys ?? []) + (second.keys ?? [])).compactMap(\.keyId)) == made)
        await expectError("InvalidMarkerException") {
            try await kms.call(KMSAPI.listKeys, ListKeysRequest(marker: "?"))
        }
    }

    @Test("what is no key is told as AWS tells it")
    func unknown() async throws {
        let kms = try await KMSCloud()
        let id = "11111111-2222-3333-4444-555555555555"
        let arn = "arn:aws:kms:us-east-1:123456789012:key/\(id)"
        await expectError("NotFoundException", "Key '\(arn)' does not exist") {
            _ = try await kms.describe(id)
        }
        await expectError("NotFoundException", "Invalid keyId 'nothing'") {
            _ = try await kms.describe("nothing")
        }
        await expectError(
            "NotFoundException",
            "Alias arn:aws:kms:us-east-1:123456789012:alias/none is not found."
        ) {
            _ = try await kms.describe("alias/none")
        }
        await expectError("NotFoundException", "Invalid arn eu-west-1") {
            _ = try await kms.describe("arn:aws:kms:eu-west-1:123456789012:key/\(id)")
        }
        await expectError("InvalidArnException") { _ = try await kms.describe("arn:aws:s3:::b") }
    }

    @Test("a disabled key is not used until it is enabled")
    func disable() async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey()
        let arn = "arn:aws:kms:us-east-1:123456789012:key/\(key)"
        let blob = try await kms.encrypt("x", key)
        _ = try await kms.call(KMSAPI.disableKey, DisableKeyRequest(keyId: key))
        await expectError("DisabledException", "\(arn) is disabled.") {
            _ = try await kms.decrypt(blob)
        }
        await expectError("DisabledException", "\(arn) is disabled.") {
            _ = try await kms.encrypt("x", key)
        }
        #expect(try await kms.describe(key).enabled == false)
        _ = try await kms.call(KMSAPI.enableKey, EnableKeyRequest(keyId: key))
        #expect(try await kms.decrypt(blob) == "x")
    }

    @Test("a key that is to be deleted is of no use, can be saved, and is gone in the end")
    func deletion() async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey()
        let arn = "arn:aws:kms:us-east-1:123456789012:key/\(key)"
        let schedule = ScheduleKeyDeletionRequest(keyId: key, pendingWindowInDays: 7)
        let answer = try await kms.call(KMSAPI.scheduleKeyDeletion, schedule)
        #expect(answer.keyState == "PendingDeletion")
        #expect(answer.deletionDate == kms.cloud.clock.now + .seconds(7 * 86_400))
        await expectError("KMSInvalidStateException", "\(arn) is pending deletion.") {
            _ = try await kms.encrypt("x", key)
        }
        await expectError("KMSInvalidStateException", "\(arn) is pending deletion.") {
            try await kms.call(KMSAPI.enableKey, EnableKeyRequest(keyId: key))
        }
        _ = try await kms.call(
            KMSAPI.cancelKeyDeletion, CancelKeyDeletionRequest(keyId: key))
        #expect(try await kms.describe(key).keyState == "Disabled")
        await expectError("KMSInvalidStateException", "\(arn) is not pending deletion.") {
            try await kms.call(KMSAPI.cancelKeyDeletion, CancelKeyDeletionRequest(keyId: key))
        }
        _ = try await kms.call(KMSAPI.scheduleKeyDeletion, schedule)
        try await kms.withWork(.seconds(7 * 86_400)) {
            try await kms.call(KMSAPI.listKeys, ListKeysRequest()).keys?.isEmpty == true
        }
        await expectError("NotFoundException") { _ = try await kms.describe(key) }
        let other = try await kms.makeKey()
        await expectError("ValidationException") {
            try await kms.call(
                KMSAPI.scheduleKeyDeletion,
                ScheduleKeyDeletionRequest(keyId: other, pendingWindowInDays: 6))
        }
    }

    @Test("aliases name keys, and other keys of the same kind")
    func aliases() async throws {
        let kms = try await KMSCloud()
        let (one, two) = (try await kms.makeKey(), try await kms.makeKey())
        let create = CreateAliasRequest(aliasName: "alias/orders", targetKeyId: one)
        _ = try await kms.call(KMSAPI.createAlias, create)
        let arn = "arn:aws:kms:us-east-1:123456789012:alias/orders"
        await expectError(
            "AlreadyExistsException", "An alias with the name \(arn) already exists"
        ) {
            try await kms.call(KMSAPI.createAlias, create)
        }
        #expect(try await kms.describe("alias/orders").keyId == one)
        #expect(try await kms.describe(arn).keyId == one)
        _ = try await kms.call(
            KMSAPI.updateAlias, UpdateAliasRequest(aliasName: "alias/orders", targetKeyId: two))
        #expect(try await kms.describe(arn).keyId == two)
        let listed = try await kms.call(KMSAPI.listAliases, ListAliasesRequest(keyId: two))
        #expect(listed.aliases?.map(\.aliasName) == ["alias/orders"])
        #expect(listed.aliases?.map(\.targetKeyId) == [two])
        let signer = try await kms.makeKey("ECC_NIST_P256", "SIGN_VERIFY")
        await expectError("ValidationException") {
            try await kms.call(
                KMSAPI.updateAlias,
                UpdateAliasRequest(aliasName: "alias/orders", targetKeyId: signer))
        }
        _ = try await kms.call(
            KMSAPI.deleteAlias, DeleteAliasRequest(aliasName: "alias/orders"))
        await expectError("NotFoundException", "Alias \(arn) is not found.") {
            try await kms.call(KMSAPI.deleteAlias, DeleteAliasRequest(aliasName: "alias/orders"))
        }
    }

    @Test(
        "names that are no alias are refused",
        arguments: [
            ("orders", "ValidationException"), ("alias/", "ValidationException"),
            ("alias/aws/s3", "NotAuthorizedException"), ("alias/a:b", "ValidationException"),
        ])
    func aliasNames(_ name: String, _ code: String) async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey()
        await expectError(code) {
            try await kms.call(
                KMSAPI.createAlias, CreateAliasRequest(aliasName: name, targetKeyId: key))
        }
    }

    @Test("the key of a service is made when it is first asked for, and is the service's")
    func managedKeys() async throws {
        let kms = try await KMSCloud()
        let listed = try await kms.call(KMSAPI.listAliases, ListAliasesRequest(limit: 100))
        let before = listed.aliases?.first { $0.aliasName == "alias/aws/ssm" }
        #expect(before != nil && before?.targetKeyId == nil)
        let metadata = try await kms.describe("alias/aws/ssm")
        let id = try #require(metadata.keyId.isEmpty ? nil : metadata.keyId)
        #expect(metadata.keyManager == "AWS")
        #expect(try await kms.describe("alias/aws/ssm").keyId == id)
        let blob = try await kms.encrypt("x", "alias/aws/ssm")
        #expect(try await kms.decrypt(blob) == "x")
        await expectError("UnsupportedOperationException") {
            try await kms.call(
                KMSAPI.scheduleKeyDeletion, ScheduleKeyDeletionRequest(keyId: id))
        }
        await expectError("NotFoundException") { _ = try await kms.describe("alias/aws/none") }
    }

    @Test("a policy is answered as it was written, and one that locks everybody out is refused")
    func policies() async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey()
        let standard = try await kms.call(KMSAPI.getKeyPolicy, GetKeyPolicyRequest(keyId: key))
        #expect(standard.policyName == "default")
        #expect(standard.policy?.contains("\"AWS\" : \"arn:aws:iam::123456789012:root\"") == true)
        let names = try await kms.call(KMSAPI.listKeyPolicies, ListKeyPoliciesRequest(keyId: key))
        #expect(names.policyNames == ["default"])
        let open = """
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*"}}
            """
        _ = try await kms.call(
            KMSAPI.putKeyPolicy, PutKeyPolicyRequest(keyId: key, policy: open))
        #expect(
            try await kms.call(KMSAPI.getKeyPolicy, GetKeyPolicyRequest(keyId: key)).policy == open)
        for wrong in ["{", "{}", open.replacing("kms:*", with: "kms:Encrypt")] {
            await expectError("MalformedPolicyDocumentException") {
                try await kms.call(
                    KMSAPI.putKeyPolicy, PutKeyPolicyRequest(keyId: key, policy: wrong))
            }
        }
        await expectError("NotFoundException", "No such policy exists") {
            try await kms.call(
                KMSAPI.getKeyPolicy, GetKeyPolicyRequest(keyId: key, policyName: "other"))
        }
    }

    @Test("tags are added, replaced and removed")
    func tags() async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey { $0.tags = [Tag(tagKey: "a", tagValue: "1")] }
        _ = try await kms.call(
            KMSAPI.tagResource,
            TagResourceRequest(
                keyId: key,
                tags: [Tag(tagKey: "a", tagValue: "2"), Tag(tagKey: "b", tagValue: "")]))
        func tags() async throws -> [String] {
            try await kms.call(KMSAPI.listResourceTags, ListResourceTagsRequest(keyId: key))
                .tags?.map { "\($0.tagKey)=\($0.tagValue)" } ?? []
        }
        #expect(try await tags() == ["a=2", "b="])
        _ = try await kms.call(
            KMSAPI.untagResource, UntagResourceRequest(keyId: key, tagKeys: ["a"]))
        #expect(try await tags() == ["b="])
        await expectError("TagException") {
            try await kms.call(
                KMSAPI.tagResource,
                TagResourceRequest(keyId: key, tags: [Tag(tagKey: "aws:x", tagValue: "")]))
        }
    }

    @Test("random bytes are as many as are asked for")
    func random() async throws {
        let kms = try await KMSCloud()
        let answer = try await kms.call(
            KMSAPI.generateRandom, GenerateRandomRequest(numberOfBytes: 24))
        #expect(answer.plaintext?.count == 24)
    }
}
