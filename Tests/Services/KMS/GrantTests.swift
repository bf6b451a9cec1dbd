import KMSModel
import Platform
import ServiceKit
import TestKit
import Testing
import Wire

@testable import KMS

@Suite("Grants")
struct GrantTests {
    private static let role = "arn:aws:iam::123456789012:role/app/worker"

    private func make(
        _ kms: KMSCloud, _ key: String, _ change: (inout CreateGrantRequest) -> Void = { _ in }
    ) async throws -> CreateGrantResponse {
        var request = CreateGrantRequest(
            keyId: key, granteePrincipal: Self.role,
            retiringPrincipal: "arn:aws:iam::123456789012:user/boss",
            operations: ["Decrypt", "GenerateDataKey"], name: "worker")
        change(&request)
        return try await kms.call(KMSAPI.createGrant, request)
    }

    @Test("a grant is listed, made once under a name, and revoked")
    func lifeCycle() async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey()
        let made = try await make(kms, key)
        #expect(try await make(kms, key).grantId == made.grantId)
        let other = try await make(kms, key) { $0.operations = ["Encrypt"] }
        #expect(other.grantId != made.grantId)
        func listed(_ id: String? = nil) async throws -> [GrantListEntry] {
            try await kms.call(KMSAPI.listGrants, ListGrantsRequest(keyId: key, grantId: id))
                .grants ?? []
        }
        #expect(try await listed().count == 2)
        let entry = try #require(try await listed(made.grantId).first)
        #expect(entry.granteePrincipal == Self.role)
        #expect(entry.operations == ["Decrypt", "GenerateDataKey"])
        #expect(entry.name == "worker")
        _ = try await kms.call(
            KMSAPI.revokeGrant, RevokeGrantRequest(keyId: key, grantId: made.grantId ?? ""))
        #expect(try await listed().map(\.grantId) == [other.grantId])
        await expectError("NotFoundException", "Grant ID \(made.grantId ?? "") not found") {
            try await kms.call(
                KMSAPI.revokeGrant, RevokeGrantRequest(keyId: key, grantId: made.grantId ?? ""))
        }
        await expectError("ValidationException") {
            _ = try await make(kms, key) { $0.operations = ["Sign"] }
        }
    }

    @Test("a grant is retired by its token, or by its key and identifier")
    func retire() async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey()
        let one = try await make(kms, key)
        let two = try await make(kms, key) { $0.name = "second" }
        let boss = "arn:aws:iam::123456789012:user/boss"
        func retirable() async throws -> Int {
            try await kms.call(
                KMSAPI.listRetirableGrants, ListRetirableGrantsRequest(retiringPrincipal: boss)
            ).grants?.count ?? 0
        }
        #expect(try await retirable() == 2)
        _ = try await kms.call(
            KMSAPI.retireGrant, RetireGrantRequest(grantToken: one.grantToken))
        _ = try await kms.call(
            KMSAPI.retireGrant, RetireGrantRequest(keyId: key, grantId: two.grantId))
        #expect(try await retirable() == 0)
        await expectError("InvalidGrantTokenException") {
            try await kms.call(KMSAPI.retireGrant, RetireGrantRequest(grantToken: one.grantToken))
        }
    }

    @Test("a grant counts for its role, its operations and its encryption context")
    func allows() {
        var grant = Grant(
            id: "1", token: "t", grantee: Self.role,
            retiring: "arn:aws:iam::123456789012:user/boss",
            issuer: "i", operations: ["Decrypt"], created: Instant(seconds: 0))
        let worker = Principal.assumedRole(
            account: "123456789012", role: "worker", roleID: "AROA", session: "s")
        let other = Principal.assumedRole(
            account: "123456789012", role: "idler", roleID: "AROA", session: "s")
        let boss = Principal.user(account: "123456789012", path: "/", name: "boss", id: "AIDA")
        #expect(grant.allows("Decrypt", to: worker, encryptionContext: [:]))
        #expect(!grant.allows("Encrypt", to: worker, encryptionContext: [:]))
        #expect(!grant.allows("Decrypt", to: other, encryptionContext: [:]))
        #expect(!grant.allows("Decrypt", to: boss, encryptionContext: [:]))
        #expect(grant.allows("RetireGrant", to: boss, encryptionContext: [:]))
        #expect(!grant.allows("RetireGrant", to: worker, encryptionContext: [:]))
        grant.contextSubset = ["a": "1"]
        #expect(grant.allows("Decrypt", to: worker, encryptionContext: ["a": "1", "b": "2"]))
        #expect(!grant.allows("Decrypt", to: worker, encryptionContext: ["b": "2"]))
        grant.contextSubset = nil
        grant.contextEquals = ["a": "1"]
        #expect(grant.allows("Decrypt", to: worker, encryptionContext: ["a": "1"]))
        #expect(!grant.allows("Decrypt", to: worker, encryptionContext: ["a": "1", "b": "2"]))
    }

    @Test("what an operation needs is declared with the key's policy, grants and conditions")
    func access() async throws {
        let kms = try await KMSCloud()
        let key = try await kms.makeKey()
        _ = try await make(kms, key)
        var registry = ServiceRegistry()
        kms.service.register(with: &registry)
        let encrypt = try #require(
            registry.operations.service(named: "KMS")?.operation(named: "Decrypt"))
        let blob = try await kms.encrypt("x", key, ["a": "1"])
        var context = kms.cloud.context(
            as: .assumedRole(
                account: "123456789012", role: "worker", roleID: "AROA", session: "s"))
        context.calledVia = ["ssm.amazonaws.com"]
        let request = try #require(
            try await encrypt.access(
                DecryptRequest(ciphertextBlob: blob, encryptionContext: ["a": "1"]), context
            ).first)
        #expect(request.action == "kms:Decrypt")
        #expect(request.resources == ["arn:aws:kms:us-east-1:123456789012:key/\(key)"])
        #expect(request.conditionKeys["kms:EncryptionContext:a"] == ["1"])
        #expect(request.conditionKeys["kms:EncryptionContextKeys"] == ["a"])
        #expect(request.conditionKeys["kms:ViaService"] == ["ssm.us-east-1.amazonaws.com"])
        #expect(request.resourcePolicyRole == .isRequired)
        #expect(try await request.isGranted?() == true)
        #expect(try await request.resourcePolicy?()?.contains("kms:*") == true)
    }
}
