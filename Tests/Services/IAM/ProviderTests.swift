import IAMModel
import TestKit
import Testing
import Wire

@Suite("Identity providers")
struct ProviderTests {
    static let metadata =
        "<EntityDescriptor><IDPSSODescriptor/></EntityDescriptor>"
        + String(repeating: " ", count: 1000)
    private static let openID = "arn:aws:iam::123456789012:oidc-provider/id.example.com/a"
    private static let thumbprint = String(repeating: "a", count: 40)

    @Test("an OpenID Connect provider is trusted for its audiences")
    func openIDConnect() async throws {
        let iam = try await IAMCloud()
        let made = try await iam.call(
            IAMAPI.createOpenIDConnectProvider,
            CreateOpenIDConnectProviderRequest(
                url: "https://id.example.com/a/", clientIDList: ["app"],
                thumbprintList: [Self.thumbprint]))
        #expect(made.openIDConnectProviderArn == Self.openID)
        try await iam.call(
            IAMAPI.addClientIDToOpenIDConnectProvider,
            AddClientIDToOpenIDConnectProviderRequest(
                openIDConnectProviderArn: Self.openID, clientID: "web"))
        try await iam.call(
            IAMAPI.removeClientIDFromOpenIDConnectProvider,
            RemoveClientIDFromOpenIDConnectProviderRequest(
                openIDConnectProviderArn: Self.openID, clientID: "app"))
        try await iam.call(
            IAMAPI.updateOpenIDConnectProviderThumbprint,
            UpdateOpenIDConnectProviderThumbprintRequest(
                openIDConnectProviderArn: Self.openID, thumbprintList: []))
        let read = try await iam.call(
            IAMAPI.getOpenIDConnectProvider,
            GetOpenIDConnectProviderRequest(openIDConnectProviderArn: Self.openID))
        #expect(read.url == "id.example.com/a")
        #expect(read.clientIDList == ["web"] && read.thumbprintList == [])
        let all = try await iam.call(
            IAMAPI.listOpenIDConnectProviders, ListOpenIDConnectProvidersRequest())
        #expect(all.openIDConnectProviderList?.map(\.arn) == [Self.openID])
        await expectError("EntityAlreadyExists") {
            try await iam.call(
                IAMAPI.createOpenIDConnectProvider,
                CreateOpenIDConnectProviderRequest(url: "https://id.example.com/a"))
        }
        await expectError("ValidationError", "Invalid Open ID Connect Provider URL") {
            try await iam.call(
                IAMAPI.createOpenIDConnectProvider,
                CreateOpenIDConnectProviderRequest(url: "id.example.com"))
        }
        for _ in 0..<2 {
            try await iam.call(
                IAMAPI.deleteOpenIDConnectProvider,
                DeleteOpenIDConnectProviderRequest(openIDConnectProviderArn: Self.openID))
        }
        await expectError(
            "NoSuchEntity", "OpenIDConnect Provider not found for arn \(Self.openID)"
        ) {
            try await iam.call(
                IAMAPI.getOpenIDConnectProvider,
                GetOpenIDConnectProviderRequest(openIDConnectProviderArn: Self.openID))
        }
    }

    @Test("a SAML provider keeps its metadata")
    func saml() async throws {
        let iam = try await IAMCloud()
        let arn = "arn:aws:iam::123456789012:saml-provider/idp"
        try await iam.call(
            IAMAPI.createSAMLProvider,
            CreateSAMLProviderRequest(samlMetadataDocument: Self.metadata, name: "idp"))
        try await iam.call(
            IAMAPI.updateSAMLProvider,
            UpdateSAMLProviderRequest(
                samlMetadataDocument: Self.metadata + " ", samlProviderArn: arn))
        let read = try await iam.call(
            IAMAPI.getSAMLProvider, GetSAMLProviderRequest(samlProviderArn: arn))
        #expect(read.samlMetadataDocument == Self.metadata + " ")
        let all = try await iam.call(IAMAPI.listSAMLProviders, ListSAMLProvidersRequest())
        #expect(all.samlProviderList?.map(\.arn) == [arn])
        await expectError("InvalidInput", "Could not parse metadata") {
            try await iam.call(
                IAMAPI.createSAMLProvider,
                CreateSAMLProviderRequest(samlMetadataDocument: "<a/>", name: "other"))
        }
        try await iam.call(
            IAMAPI.deleteSAMLProvider, DeleteSAMLProviderRequest(samlProviderArn: arn))
        await expectError("NoSuchEntity") {
            try await iam.call(
                IAMAPI.getSAMLProvider, GetSAMLProviderRequest(samlProviderArn: arn))
        }
    }
}
