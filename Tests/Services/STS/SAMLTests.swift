import Crypto
import CryptoExtras
import IAMModel
import Platform
import STSModel
import ServiceKit
import TestKit
import Testing
import Wire

@testable import STS

/// A SAML provider that signs what a test wants.
struct FixedSAMLProvider {
    static let entityID = "https://idp.example.com/saml"
    static let arn = "arn:aws:iam::\(TestCloud.account):saml-provider/idp"

    let key: _RSA.Signing.PrivateKey

    init() throws {
        key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    }

    /// Metadata with a certificate of which only the key matters.
    var metadata: String {
        func wrapped(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
            let count = content.count
            let length: [UInt8] =
                count < 128 ? [UInt8(count)] : [0x82, UInt8(count >> 8), UInt8(count & 255)]
            return [tag] + length + content
        }
        let before: [UInt8] = [0xA0, 3, 2, 1, 2, 2, 1, 1, 0x30, 0, 0x30, 0, 0x30, 0, 0x30, 0]
        let certificate = wrapped(
            0x30, wrapped(0x30, before + Array(key.publicKey.derRepresentation)))
        return """
            <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="\(Self.entityID)">
            <md:IDPSSODescriptor><md:KeyDescriptor use="signing">
            <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>
            \(Base64.encode(certificate))
            </ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor></md:IDPSSODescriptor>
            </md:EntityDescriptor>\(String(repeating: " ", count: 1000))
            """
    }

    /// The content of an assertion.
    static func content(role: String, ends: Instant, session: String = "me") -> String {
        """
        <saml:Issuer>\(entityID)</saml:Issuer><!-- signature --><saml:Subject>
        <saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">me &amp; you</saml:NameID>
        <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
        <saml:SubjectConfirmationData NotOnOrAfter="\(ends.iso8601)" Recipient="https://signin.aws.amazon.com/saml"/>
        </saml:SubjectConfirmation></saml:Subject>
        <saml:Conditions NotOnOrAfter="\(ends.iso8601)"/>
        <saml:AttributeStatement>
        <saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/Role"><saml:AttributeValue>\(role),\(arn)</saml:AttributeValue></saml:Attribute>
        <saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/RoleSessionName"><saml:AttributeValue>\(session)</saml:AttributeValue></saml:Attribute>
        <saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/PrincipalTag:team"><saml:AttributeValue>blue</saml:AttributeValue></saml:Attribute>
        </saml:AttributeStatement>
        """
    }

    /// A response around an assertion that is signed.
    func response(_ content: String) throws -> String {
        let open = """
            <saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="a1" Version="2.0">
            """
        let unsigned = try XMLNodeParser.parse(Array("\(open)\(content)</saml:Assertion>".utf8))
        let digest = SHA256.hash(data: XMLCanonicalizer().bytes(of: unsigned))
        let c14n = "http://www.w3.org/2001/10/xml-exc-c14n#"
        let info = """
            <ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:CanonicalizationMethod Algorithm="\(c14n)"/>\
            <ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>\
            <ds:Reference URI="#a1"><ds:Transforms>\
            <ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>\
            <ds:Transform Algorithm="\(c14n)"/></ds:Transforms>\
            <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>\
            <ds:DigestValue>\(Base64.encode(Array(digest)))</ds:DigestValue></ds:Reference></ds:SignedInfo>
            """
        let signed = XMLCanonicalizer().bytes(of: try XMLNodeParser.parse(Array(info.utf8)))
        let signature = try key.signature(
            for: SHA256.hash(data: signed), padding: .insecurePKCS1v1_5)
        let element = """
            <ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">\(info)<ds:SignatureValue>\
            \(Base64.encode(Array(signature.rawRepresentation)))</ds:SignatureValue></ds:Signature>
            """
        return """
            <samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="r1">\
            \(open)\(content)\(element)</saml:Assertion></samlp:Response>
            """
    }
}

@Suite("SAML assertions")
struct SAMLTests {
    private static let role = "arn:aws:iam::\(TestCloud.account):role/web"
    private let provider: FixedSAMLProvider

    init() throws {
        provider = try FixedSAMLProvider()
    }

    private func cloud() async throws -> STSCloud {
        let sts = try await STSCloud()
        _ = try await sts.makeRole("web")
        _ = try await sts.call(
            IAMAPI.createSAMLProvider,
            CreateSAMLProviderRequest(samlMetadataDocument: provider.metadata, name: "idp"))
        return sts
    }

    private func assume(_ sts: STSCloud, _ response: String) async throws
        -> AssumeRoleWithSAMLResponse
    {
        try await sts.call(
            STSAPI.assumeRoleWithSAML,
            AssumeRoleWithSAMLRequest(
                roleArn: Self.role, principalArn: FixedSAMLProvider.arn,
                samlAssertion: Base64.encode(Array(response.utf8))),
            in: sts.cloud.context(as: .anonymous))
    }

    private func response(_ sts: STSCloud) throws -> String {
        try provider.response(
            FixedSAMLProvider.content(role: Self.role, ends: sts.cloud.clock.now + .seconds(60)))
    }

    @Test("a signed assertion makes a session with its tags")
    func accepted() async throws {
        let sts = try await cloud()
        let answer = try await assume(sts, response(sts))
        #expect(answer.subject == "me & you" && answer.subjectType == "persistent")
        #expect(answer.issuer == FixedSAMLProvider.entityID)
        #expect(answer.assumedRoleUser?.arn.hasSuffix(":assumed-role/web/me") == true)
        let keys = try #require(answer.credentials)
        let credential = try #require(try await sts.credential(of: keys))
        #expect(credential.session?.tags == ["team": "blue"])
        #expect(credential.session?.federatedProvider == FixedSAMLProvider.arn)
    }

    @Test("what is changed, repeated, ended or signed by another is refused")
    func refused() async throws {
        let sts = try await cloud()
        let good = try response(sts)
        let assertion = try #require(good.firstRange(of: "<saml:Assertion"))
        let end = try #require(good.firstRange(of: "</saml:Assertion>"))
        let copy = String(good[assertion.lowerBound..<end.upperBound])
        let forged = copy.replacing("me &amp; you", with: "root")
        let unsigned = try #require(
            copy.firstRange(of: "<ds:Signature").map {
                "\(copy[..<$0.lowerBound])</saml:Assertion>"
            })
        let head = good[..<assertion.lowerBound]
        let cases = [
            good.replacing("me &amp; you", with: "root"),
            good.replacing("<!-- signature -->", with: "<saml:Advice/>"),
            "\(head)\(forged.replacing("ID=\"a1\"", with: "ID=\"a2\""))\(copy)</samlp:Response>",
            "\(head)\(forged)\(copy)</samlp:Response>",
            "\(head)\(unsigned)</samlp:Response>",
            "\(head)<x>\(copy)</x></samlp:Response>",
            good.replacing("xmldsig-more#rsa-sha256", with: "xmldsig#rsa-sha1"),
            try FixedSAMLProvider().response(
                FixedSAMLProvider.content(
                    role: Self.role, ends: sts.cloud.clock.now + .seconds(60))),
            "<!DOCTYPE a [<!ENTITY b \"c\">]>\(good)", "<a>", "",
        ]
        for response in cases {
            await expectError("InvalidIdentityToken") { _ = try await assume(sts, response) }
        }
        sts.cloud.clock.advance(by: .seconds(60))
        await expectError("ExpiredTokenException") { _ = try await assume(sts, good) }
    }

    @Test("comments are no part of what is signed, and split no text")
    func comments() async throws {
        let sts = try await cloud()
        let commented = try response(sts).replacing("me &amp; you", with: "me<!-- x --> &amp; you")
        #expect(try await assume(sts, commented).subject == "me & you")
    }

    @Test("the canonical form sorts, declares what is used, and escapes")
    func canonical() throws {
        let text = """
            <?xml version="1.0"?><!-- c --><a:r xmlns:a="urn:a" xmlns:u="urn:unused" xmlns="urn:d" z='1' a:b="2&#9;"  c="&lt;"
             ><e/>x &gt; &amp;<f xmlns=""/></a:r>
            """
        let node = try XMLNodeParser.parse(Array(text.utf8))
        let canonical = String(decoding: XMLCanonicalizer().bytes(of: node), as: UTF8.self)
        #expect(
            canonical == """
                <a:r xmlns:a="urn:a" c="&lt;" z="1" a:b="2&#x9;"><e xmlns="urn:d"></e>x &gt; &amp;<f></f></a:r>
                """)
    }

    @Test("role and provider have to stand in the assertion together")
    func otherRole() async throws {
        let sts = try await cloud()
        let other = try provider.response(
            FixedSAMLProvider.content(
                role: "\(Self.role)2", ends: sts.cloud.clock.now + .seconds(60)))
        await expectError("AccessDenied") { _ = try await assume(sts, other) }
    }
}
