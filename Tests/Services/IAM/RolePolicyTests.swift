import IAMModel
import TestKit
import Testing
import Wire

@Suite("Policies in roles")
struct RolePolicyTests {
    private static func put(
        _ name: String, _ document: String = IAMCloud.policy, in iam: IAMCloud
    ) async throws {
        try await iam.call(
            IAMAPI.putRolePolicy,
            PutRolePolicyRequest(roleName: "r", policyName: name, policyDocument: document))
    }

    @Test("a policy is kept as it was written, and answered percent-encoded")
    func read() async throws {
        let iam = try await IAMCloud()
        try await iam.make("r")
        try await Self.put("p", in: iam)
        let request = GetRolePolicyRequest(roleName: "r", policyName: "p")
        let answer = try await iam.call(IAMAPI.getRolePolicy, request)
        #expect(answer.roleName == "r" && answer.policyName == "p")
        #expect(answer.policyDocument.hasPrefix("%7B%22Version%22%3A%222012-10-17%22"))
        #expect(PercentEncoding.decode(answer.policyDocument) == IAMCloud.policy)

        let changed = IAMCloud.policy.replacing("s3:Get*", with: "s3:Put*")
        try await Self.put("p", changed, in: iam)
        let again = try await iam.call(IAMAPI.getRolePolicy, request)
        #expect(PercentEncoding.decode(again.policyDocument) == changed)
    }

    @Test("names of policies come page by page")
    func pages() async throws {
        let iam = try await IAMCloud()
        try await iam.make("r")
        for name in ["c", "a", "b"] { try await Self.put(name, in: iam) }
        var request = ListRolePoliciesRequest(roleName: "r", maxItems: 2)
        let first = try await iam.call(IAMAPI.listRolePolicies, request)
        request.marker = first.marker
        let second = try await iam.call(IAMAPI.listRolePolicies, request)
        #expect(first.policyNames == ["a", "b"] && first.isTruncated == true)
        #expect(second.policyNames == ["c"] && second.isTruncated == false)
    }

    @Test("a policy that is not there cannot be read or removed")
    func missing() async throws {
        let iam = try await IAMCloud()
        try await iam.make("r")
        let message = "The role policy with name p cannot be found."
        await expectError("NoSuchEntity", message) {
            try await iam.call(
                IAMAPI.getRolePolicy, GetRolePolicyRequest(roleName: "r", policyName: "p"))
        }
        await expectError("NoSuchEntity", message) {
            try await iam.call(
                IAMAPI.deleteRolePolicy, DeleteRolePolicyRequest(roleName: "r", policyName: "p"))
        }
    }

    @Test("a role's policies share 10,240 characters; white space is free")
    func quota() async throws {
        let iam = try await IAMCloud()
        try await iam.make("r")
        func policy(characters: Int) -> String {
            let bucket = "arn:aws:s3:::"
            let frame = #"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"\#(bucket)"}}"#
            let padding = String(repeating: "x", count: characters - frame.utf8.count)
            return frame.replacing(bucket, with: bucket + padding)
                + String(repeating: " ", count: 500)
        }
        try await Self.put("a", policy(characters: 10_000), in: iam)
        try await Self.put("b", policy(characters: 240), in: iam)
        try await Self.put("a", policy(characters: 9_999), in: iam)
        await expectError(
            "LimitExceeded", "Maximum policy size of 10240 bytes exceeded for role r"
        ) { try await Self.put("c", policy(characters: 100), in: iam) }
    }

    @Test("a new role has nothing attached")
    func attachments() async throws {
        let iam = try await IAMCloud()
        try await iam.make("r")
        let attached = try await iam.call(
            IAMAPI.listAttachedRolePolicies, ListAttachedRolePoliciesRequest(roleName: "r"))
        #expect(attached.attachedPolicies?.isEmpty == true)
        let profiles = try await iam.call(
            IAMAPI.listInstanceProfilesForRole, ListInstanceProfilesForRoleRequest(roleName: "r"))
        #expect(profiles.instanceProfiles.isEmpty)
    }
}
