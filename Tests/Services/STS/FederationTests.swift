import Platform
import STSModel
import ServiceKit
import TestKit
import Testing
import Wire

@testable import STS

@Suite("Federation and tags of sessions")
struct FederationTests {
    @Test("GetFederationToken makes credentials of somebody whom the caller vouches for")
    func federation() async throws {
        let sts = try await STSCloud()
        let ann = sts.cloud.context(
            as: .user(account: TestCloud.account, path: "/", name: "ann", id: "AIDA"))
        let policy = #"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#
        let answer = try await sts.call(
            STSAPI.getFederationToken, GetFederationTokenRequest(name: "fred", policy: policy),
            in: ann)
        #expect(answer.federatedUser?.arn == "arn:aws:sts::123456789012:federated-user/fred")
        #expect(answer.federatedUser?.federatedUserId == "123456789012:fred")
        let credentialKeys = try #require(answer.credentials)
        let credential = try #require(try await sts.credential(of: credentialKeys))
        #expect(
            credential.principal
                == .federatedUser(account: TestCloud.account, name: "fred", user: "ann"))
        #expect(credential.session?.policies == [policy])
        var session = sts.cloud.context(as: credential.principal)
        session.session = credential.session
        await expectError("AccessDenied", "Cannot call GetFederationToken with session credentials")
        {
            try await sts.call(
                STSAPI.getFederationToken, GetFederationTokenRequest(name: "x1"), in: session)
        }
    }

    @Test("transitive tags go on to the sessions that a session makes, and cannot be changed")
    func transitiveTags() async throws {
        let sts = try await STSCloud()
        let first = try await sts.assume {
            $0.tags = [Tag(key: "Team", value: "a"), Tag(key: "mine", value: "b")]
            $0.transitiveTagKeys = ["team"]
            $0.sourceIdentity = "ann"
        }
        let credentialKeys = try #require(first.credentials)
        let credential = try #require(try await sts.credential(of: credentialKeys))
        var context = sts.cloud.context(as: credential.principal)
        context.session = credential.session
        let second = try await sts.assume(in: context)
        let nextKeys = try #require(second.credentials)
        let next = try #require(try await sts.credential(of: nextKeys))
        #expect(next.session?.tags == ["Team": "a"])
        #expect(next.session?.sourceIdentity == "ann")
        await expectError("InvalidParameterValue") { [context] in
            _ = try await sts.assume(in: context) { $0.tags = [Tag(key: "TEAM", value: "c")] }
        }
    }

    @Test("an encoded message is opened again, and nothing else is")
    func messages() async throws {
        let sts = try await STSCloud()
        let messages = try #require(sts.messages)
        let encoded = try await messages.encode(#"{"allowed":false}"#)
        let decoded = try await sts.call(
            STSAPI.decodeAuthorizationMessage,
            DecodeAuthorizationMessageRequest(encodedMessage: encoded)
        ).decodedMessage
        #expect(decoded == #"{"allowed":false}"#)
        let token = try #require(try await sts.assume().credentials).sessionToken
        for text in [token, "x", String(encoded.dropLast(4))] {
            await expectError("InvalidAuthorizationMessageException") {
                try await sts.call(
                    STSAPI.decodeAuthorizationMessage,
                    DecodeAuthorizationMessageRequest(encodedMessage: text))
            }
        }
    }
}
