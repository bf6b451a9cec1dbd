import Crypto
import IAMModel
import Platform
import STSModel
import ServiceKit
import TestKit
import Testing
import Wire

@testable import STS

/// An identity provider without a network.
struct FixedProvider: WebClient {
    static let issuer = "https://id.example.com/a"

    let key: P256.Signing.PrivateKey
    private let document: String

    init() {
        key = P256.Signing.PrivateKey()
        let raw = Array(key.publicKey.rawRepresentation)
        document = """
            {"keys":[{"kty":"EC","crv":"P-256","kid":"k1","use":"sig","x":"\(Self.text(raw[..<32]))",
            "y":"\(Self.text(raw[32...]))"}]}
            """
    }

    func get(_ url: String, limitBytes: Int) async throws -> [UInt8] {
        switch url {
        case "\(Self.issuer)/.well-known/openid-configuration":
            Array(#"{"jwks_uri":"https://id.example.com/keys"}"#.utf8)
        case "https://id.example.com/keys": Array(document.utf8)
        default: throw CancellationError()
        }
    }

    /// A token of these claims.
    func token(_ claims: Document, algorithm: String = "ES256", key: String = "k1") throws -> String
    {
        let header: Document = ["alg": .string(algorithm), "kid": .string(key), "typ": "JWT"]
        let signed = "\(Self.text(header.json())).\(Self.text(claims.json()))"
        let signature = try self.key.signature(for: Array(signed.utf8))
        return "\(signed).\(Self.text(Array(signature.rawRepresentation)))"
    }

    static func text(_ bytes: some Collection<UInt8>) -> String {
        Base64.encode(Array(bytes)).replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }
}

@Suite("Tokens of identity providers")
struct WebIdentityTests {
    private static let role = "arn:aws:iam::\(TestCloud.account):role/web"
    private let provider = FixedProvider()

    private func cloud() async throws -> STSCloud {
        let sts = try await STSCloud(web: provider)
        _ = try await sts.makeRole("web")
        _ = try await sts.call(
            IAMAPI.createOpenIDConnectProvider,
            CreateOpenIDConnectProviderRequest(url: FixedProvider.issuer, clientIDList: ["app"]))
        return sts
    }

    private func claims(_ sts: STSCloud, _ change: [String: Document] = [:]) -> Document {
        let now = sts.cloud.clock.now.seconds
        let claims: [String: Document] = [
            "iss": .string(FixedProvider.issuer), "sub": "me", "aud": "app",
            "exp": .integer(now + 60), "iat": .integer(now),
        ]
        return .object(claims.merging(change) { $1 })
    }

    private func assume(
        _ sts: STSCloud, _ token: String
    ) async throws -> AssumeRoleWithWebIdentityResponse {
        try await sts.call(
            STSAPI.assumeRoleWithWebIdentity,
            AssumeRoleWithWebIdentityRequest(
                roleArn: Self.role, roleSessionName: "me", webIdentityToken: token),
            in: sts.cloud.context(as: .anonymous))
    }

    @Test("a token of a trusted provider makes a session")
    func accepted() async throws {
        let sts = try await cloud()
        let answer = try await assume(sts, provider.token(claims(sts)))
        #expect(answer.subjectFromWebIdentityToken == "me" && answer.audience == "app")
        #expect(answer.assumedRoleUser?.arn.hasSuffix(":assumed-role/web/me") == true)
        let credential = try await sts.credential(of: try #require(answer.credentials))
        #expect(
            credential?.session?.federatedClaims["id.example.com/a:sub"] == ["me"])
        #expect(
            credential?.session?.federatedProvider
                == "arn:aws:iam::\(TestCloud.account):oidc-provider/id.example.com/a")
    }

    @Test("whatever is wrong with a token, it is refused")
    func refused() async throws {
        let sts = try await cloud()
        let now = sts.cloud.clock.now.seconds
        let cases: [(String, String)] = [
            ("ExpiredTokenException", try provider.token(claims(sts, ["exp": .integer(now)]))),
            ("InvalidIdentityToken", try provider.token(claims(sts, ["aud": "other"]))),
            ("InvalidIdentityToken", try provider.token(claims(sts, ["azp": "other"]))),
            ("InvalidIdentityToken", try provider.token(claims(sts, ["exp": .null]))),
            ("InvalidIdentityToken", try provider.token(claims(sts, ["sub": .null]))),
            ("InvalidIdentityToken", try provider.token(claims(sts, ["nbf": .integer(now + 10)]))),
            (
                "InvalidIdentityToken",
                try provider.token(claims(sts, ["iss": "https://evil.example"]))
            ),
            ("InvalidIdentityToken", try provider.token(claims(sts), algorithm: "none")),
            ("InvalidIdentityToken", try provider.token(claims(sts), algorithm: "HS256")),
            ("InvalidIdentityToken", try provider.token(claims(sts), algorithm: "RS256")),
            ("InvalidIdentityToken", try provider.token(claims(sts), key: "k2")),
            ("InvalidIdentityToken", try FixedProvider().token(claims(sts))),
            ("InvalidIdentityToken", "no token at all"),
        ]
        for (code, token) in cases {
            await expectError(code) { _ = try await assume(sts, token) }
        }
    }

    @Test("no changed byte of a token is accepted, and none crashes")
    func fuzz() async throws {
        let sts = try await cloud()
        let token = Array(try provider.token(claims(sts)).utf8)
        let randomness = SeededRandomness(seed: 3)
        for _ in 0..<500 {
            var mangled = token
            let index = Int(randomness.fraction() * Double(token.count))
            let byte = randomness.bytes(1)[0] & 0x7F
            // The last character of a part has bits that count for nothing.
            let isLast = index + 1 == token.count || token[index + 1] == UInt8(ascii: ".")
            if byte == token[index] || isLast { continue }
            mangled[index] = byte
            await #expect(throws: AWSError.self) {
                try await assume(sts, String(decoding: mangled, as: UTF8.self))
            }
        }
        for length in stride(from: 0, to: token.count, by: 7) {
            await #expect(throws: AWSError.self) {
                try await assume(sts, String(decoding: token.prefix(length), as: UTF8.self))
            }
        }
    }
}
