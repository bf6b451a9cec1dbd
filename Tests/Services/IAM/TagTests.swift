import IAMModel
import TestKit
import Testing
import Wire

@Suite("Tags of everything")
struct TagTests {
    private static let prefix = "arn:aws:iam::123456789012"
    private static let tags = [
        IAMModel.Tag(key: "Team", value: "a"), IAMModel.Tag(key: "b", value: ""),
    ]

    private func cloud() async throws -> IAMCloud {
        let iam = try await IAMCloud()
        try await iam.call(IAMAPI.createUser, CreateUserRequest(userName: "ann"))
        try await iam.call(
            IAMAPI.createInstanceProfile, CreateInstanceProfileRequest(instanceProfileName: "ip"))
        try await iam.call(
            IAMAPI.createPolicy,
            CreatePolicyRequest(policyName: "p", policyDocument: IAMCloud.policy))
        try await iam.call(
            IAMAPI.createVirtualMFADevice,
            CreateVirtualMFADeviceRequest(virtualMFADeviceName: "phone"))
        try await iam.call(
            IAMAPI.createOpenIDConnectProvider,
            CreateOpenIDConnectProviderRequest(url: "https://id.example.com"))
        try await iam.call(
            IAMAPI.createSAMLProvider,
            CreateSAMLProviderRequest(
                samlMetadataDocument: ProviderTests.metadata, name: "idp"))
        return iam
    }

    @Test("a User has tags")
    func user() async throws {
        let iam = try await cloud()
        try await iam.call(IAMAPI.tagUser, TagUserRequest(userName: "ann", tags: Self.tags))
        try await iam.call(IAMAPI.untagUser, UntagUserRequest(userName: "ann", tagKeys: ["TEAM"]))
        let left = try await iam.call(IAMAPI.listUserTags, ListUserTagsRequest(userName: "ann"))
            .tags
        #expect(left.map(\.key) == ["b"])
    }

    @Test("a InstanceProfile has tags")
    func instanceProfile() async throws {
        let iam = try await cloud()
        try await iam.call(
            IAMAPI.tagInstanceProfile,
            TagInstanceProfileRequest(instanceProfileName: "ip", tags: Self.tags))
        try await iam.call(
            IAMAPI.untagInstanceProfile,
            UntagInstanceProfileRequest(instanceProfileName: "ip", tagKeys: ["TEAM"]))
        let left = try await iam.call(
            IAMAPI.listInstanceProfileTags,
            ListInstanceProfileTagsRequest(instanceProfileName: "ip")
        ).tags
        #expect(left.map(\.key) == ["b"])
    }

    @Test("a Policy has tags")
    func policy() async throws {
        let iam = try await cloud()
        try await iam.call(
            IAMAPI.tagPolicy,
            TagPolicyRequest(policyArn: "\(Self.prefix):policy/p", tags: Self.tags))
        try await iam.call(
            IAMAPI.untagPolicy,
            UntagPolicyRequest(policyArn: "\(Self.prefix):policy/p", tagKeys: ["TEAM"]))
        let left = try await iam.call(
            IAMAPI.listPolicyTags, ListPolicyTagsRequest(policyArn: "\(Self.prefix):policy/p")
        ).tags
        #expect(left.map(\.key) == ["b"])
    }

    @Test("a MFADevice has tags")
    func mFADevice() async throws {
        let iam = try await cloud()
        try await iam.call(
            IAMAPI.tagMFADevice,
            TagMFADeviceRequest(serialNumber: "\(Self.prefix):mfa/phone", tags: Self.tags))
        try await iam.call(
            IAMAPI.untagMFADevice,
            UntagMFADeviceRequest(serialNumber: "\(Self.prefix):mfa/phone", tagKeys: ["TEAM"]))
        let left = try await iam.call(
            IAMAPI.listMFADeviceTags,
            ListMFADeviceTagsRequest(serialNumber: "\(Self.prefix):mfa/phone")
        ).tags
        #expect(left.map(\.key) == ["b"])
    }

    @Test("a OpenIDConnectProvider has tags")
    func openIDConnectProvider() async throws {
        let iam = try await cloud()
        try await iam.call(
            IAMAPI.tagOpenIDConnectProvider,
            TagOpenIDConnectProviderRequest(
                openIDConnectProviderArn: "\(Self.prefix):oidc-provider/id.example.com",
                tags: Self.tags))
        try await iam.call(
            IAMAPI.untagOpenIDConnectProvider,
            UntagOpenIDConnectProviderRequest(
                openIDConnectProviderArn: "\(Self.prefix):oidc-provider/id.example.com",
                tagKeys: ["TEAM"]))
        let left = try await iam.call(
            IAMAPI.listOpenIDConnectProviderTags,
            ListOpenIDConnectProviderTagsRequest(
                openIDConnectProviderArn: "\(Self.prefix):oidc-provider/id.example.com")
        ).tags
        #expect(left.map(\.key) == ["b"])
    }

    @Test("a SAMLProvider has tags")
    func sAMLProvider() async throws {
        let iam = try await cloud()
        try await iam.call(
            IAMAPI.tagSAMLProvider,
            TagSAMLProviderRequest(
                samlProviderArn: "\(Self.prefix):saml-provider/idp", tags: Self.tags))
        try await iam.call(
            IAMAPI.untagSAMLProvider,
            UntagSAMLProviderRequest(
                samlProviderArn: "\(Self.prefix):saml-provider/idp", tagKeys: ["TEAM"]))
        let left = try await iam.call(
            IAMAPI.listSAMLProviderTags,
            ListSAMLProviderTagsRequest(samlProviderArn: "\(Self.prefix):saml-provider/idp")
        ).tags
        #expect(left.map(\.key) == ["b"])
    }
}
