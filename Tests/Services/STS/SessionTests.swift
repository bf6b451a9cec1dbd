import Platform
import STSModel
import ServiceKit
import Storage
import TestKit
import Testing
import Wire

@testable import STS

@Suite("Temporary credentials")
struct SessionTests {

    @Test(
        "the caller is told who he is",
        arguments: [
            (
                Principal.root(account: "123456789012"), "123456789012",
                "arn:aws:iam::123456789012:root"
            ),
            (
                .user(account: "123456789012", path: "/a/", name: "b", id: "AIDAX"), "AIDAX",
                "arn:aws:iam::123456789012:user/a/b"
            ),
            (
                .assumedRole(account: "123456789012", role: "r", roleID: "AROAX", session: "s"),
                "AROAX:s", "arn:aws:sts::123456789012:assumed-role/r/s"
            ),
        ])
    func identity(principal: Principal, id: String, arn: String) async throws {
        let sts = try await STSCloud()
        let answer = try await sts.call(
            STSAPI.getCallerIdentity, GetCallerIdentityRequest(),
            in: sts.cloud.context(as: principal))
        #expect(answer.account == "123456789012")
        #expect(answer.userId == id)
        #expect(answer.arn == arn)
    }

    @Test("a token is of its own key, and of no other")
    func otherKey() async throws {
        let sts = try await STSCloud()
        var credentials = try #require(try await sts.assume().credentials)
        credentials.accessKeyId = try #require(try await sts.assume().credentials).accessKeyId
        await #expect(throws: CredentialFailure.invalid) {
            _ = try await sts.credential(of: credentials)
        }
    }

    @Test("whatever bit of a token is changed, it is refused")
    func mangled() async throws {
        let sts = try await STSCloud()
        let credentials = try #require(try await sts.assume().credentials)
        let bytes = try #require(Base64.decode(credentials.sessionToken.utf8))
        for index in bytes.indices {
            var mangled = bytes
            mangled[index] ^= 1 << UInt8(index % 8)
            await #expect(throws: CredentialFailure.invalid) {
                _ = try await sts.credentials.credential(
                    accessKeyID: credentials.accessKeyId, sessionToken: Base64.encode(mangled))
            }
        }
    }

    @Test("what is no token is refused", arguments: [nil, "", "test", "AQ==", "!", "AAAA"])
    func noToken(token: String?) async throws {
        let sts = try await STSCloud()
        let credentials = try #require(try await sts.assume().credentials)
        await #expect(throws: CredentialFailure.invalid) {
            _ = try await sts.credentials.credential(
                accessKeyID: credentials.accessKeyId, sessionToken: token)
        }
    }

    @Test(
        "lasting keys are none of STS's, whatever token comes with them",
        arguments: ["test", "AKIAIOSFODNN7EXAMPLE", "123456789012"])
    func lastingKey(id: String) async throws {
        let sts = try await STSCloud()
        let known = try await sts.credentials.credential(accessKeyID: id, sessionToken: "test")
        #expect(known == nil)
    }

    @Test("credentials end at their time")
    func expiration() async throws {
        let sts = try await STSCloud()
        let credentials = try #require(
            try await sts.assume { $0.durationSeconds = 900 }.credentials)
        sts.cloud.clock.advance(by: .seconds(899))
        #expect(try await sts.credential(of: credentials) != nil)
        sts.cloud.clock.advance(by: .seconds(1))
        await #expect(throws: CredentialFailure.expired) {
            _ = try await sts.credential(of: credentials)
        }
    }

    @Test("a reset ends every session, and the next one works")
    func reset() async throws {
        let sts = try await STSCloud()
        let credentials = try #require(try await sts.assume().credentials)
        try await sts.cloud.engine.reset()
        await #expect(throws: CredentialFailure.invalid) {
            _ = try await sts.credential(of: credentials)
        }
        let fresh = try #require(try await sts.assume().credentials)
        #expect(try await sts.credential(of: fresh) != nil)
    }

    @Test("everything about a session survives its token")
    func roundTrip() async throws {
        let principals: [Principal] = [
            .root(account: "000000000000"),
            .user(account: "123456789012", path: "/", name: "ü\"", id: "AIDAX"),
            .assumedRole(account: "123456789012", role: "r", roleID: "AROAX", session: "s"),
            .federatedUser(account: "123456789012", name: "f", user: "u"),
            .federatedUser(account: "123456789012", name: "f", user: nil),
        ]
        var identity = SessionIdentity(issued: Instant(milliseconds: 5))
        identity.policies = ["{}"]
        identity.policyARNs = ["arn"]
        identity.tags = ["k": "é"]
        identity.transitiveTagKeys = ["k"]
        identity.sourceIdentity = "me"
        identity.multiFactorTime = Instant(milliseconds: 3)
        identity.federatedProvider = "accounts.google.com"
        identity.federatedClaims = ["accounts.google.com:aud": ["a", "b"]]
        for principal in principals {
            let session = Session(
                accessKeyID: "ASIA", secretAccessKey: "s/+", principal: principal,
                expiration: Instant(milliseconds: 1),
                identity: identity)
            #expect(Session(session.document) == session)
        }
        #expect(Session(["key": "ASIA"]) == nil)
        #expect(Session("text") == nil)
    }

    @Test("GetSessionToken makes credentials of the caller himself")
    func sessionToken() async throws {
        let sts = try await STSCloud()
        let user = Principal.user(
            account: TestCloud.account, path: "/", name: "me", id: "AIDAX")
        let context = sts.cloud.context(as: user)
        let answer = try await sts.call(
            STSAPI.getSessionToken, GetSessionTokenRequest(), in: context)
        let credentials = try #require(answer.credentials)
        #expect(credentials.expiration == sts.cloud.clock.now + .seconds(43_200))
        #expect(try await sts.credential(of: credentials)?.principal == user)
    }

    @Test("the root's session lasts an hour at most")
    func rootSession() async throws {
        let sts = try await STSCloud()
        let answer = try await sts.call(
            STSAPI.getSessionToken, GetSessionTokenRequest(durationSeconds: 129_600))
        #expect(answer.credentials?.expiration == sts.cloud.clock.now + .seconds(3600))
    }

    @Test("sessions make no sessions of themselves")
    func sessionOfSession() async throws {
        let sts = try await STSCloud()
        var context = sts.cloud.context()
        context.session = SessionIdentity(issued: sts.cloud.clock.now)
        let message = "Cannot call GetSessionToken with session credentials"
        await expectError("AccessDenied", message) { [context] in
            try await sts.call(STSAPI.getSessionToken, GetSessionTokenRequest(), in: context)
        }
        let role = Principal.assumedRole(
            account: TestCloud.account, role: "r", roleID: "AROAX", session: "s")
        await expectError("AccessDenied", message) {
            try await sts.call(
                STSAPI.getSessionToken, GetSessionTokenRequest(), in: sts.cloud.context(as: role))
        }
    }
}
