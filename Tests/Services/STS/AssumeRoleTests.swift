import Platform
import STSModel
import ServiceKit
import TestKit
import Testing
import Wire

@Suite("AssumeRole")
struct AssumeRoleTests {
    @Test("a session of a role is answered as AWS answers it, and its credentials work")
    func session() async throws {
        let sts = try await STSCloud()
        let id = try await sts.makeRole("orders", path: "/app/")
        let answer = try await sts.assume("role/app/orders")
        let arn = "arn:aws:sts::123456789012:assumed-role/orders/me"
        #expect(answer.assumedRoleUser?.arn == arn)
        #expect(answer.assumedRoleUser?.assumedRoleId == "\(id):me")
        #expect(answer.packedPolicySize == nil)

        let credentials = try #require(answer.credentials)
        #expect(credentials.accessKeyId.hasPrefix("ASIA"))
        #expect(credentials.accessKeyId.utf8.count == 20)
        #expect(credentials.secretAccessKey.utf8.count == 40)
        #expect(credentials.expiration == sts.cloud.clock.now + .seconds(3600))

        let credential = try #require(try await sts.credential(of: credentials))
        #expect(credential.secretAccessKey == credentials.secretAccessKey)
        #expect(credential.expiration == credentials.expiration)
        let identity = try await sts.call(
            STSAPI.getCallerIdentity, GetCallerIdentityRequest(),
            in: sts.cloud.context(as: credential.principal))
        #expect(identity.arn == arn)
        #expect(identity.userId == "\(id):me")
        #expect(identity.account == TestCloud.account)
    }

    @Test("a role of another account is assumed there")
    func otherAccount() async throws {
        let sts = try await STSCloud()
        let answer = try await sts.assume { $0.roleArn = "arn:aws:iam::210987654321:role/there" }
        let credentials = try #require(answer.credentials)
        let credential = try await sts.credential(of: credentials)
        #expect(credential?.principal.account == "210987654321")
    }

    @Test("a made-up role always has the same identifier")
    func madeUp() async throws {
        let sts = try await STSCloud()
        let first = try await sts.assume().assumedRoleUser
        let second = try await sts.assume().assumedRoleUser
        let other = try await sts.assume("role/other").assumedRoleUser
        #expect(first?.assumedRoleId == second?.assumedRoleId)
        #expect(first?.assumedRoleId != other?.assumedRoleId)
        #expect(first?.assumedRoleId.utf8.count == 24)
    }

    @Test(
        "where IAM is enforced, a role that does not exist is refused",
        arguments: ["role/x", "role/wrong/orders"])
    func refused(role: String) async throws {
        let sts = try await STSCloud(acceptsUnknownRoles: false)
        _ = try await sts.makeRole("orders")
        await expectError(
            "AccessDenied",
            "User: arn:aws:iam::123456789012:root is not authorized to perform: sts:AssumeRole "
                + "on resource: arn:aws:iam::123456789012:\(role)"
        ) { _ = try await sts.assume(role) }
        #expect(try await sts.assume("role/orders").credentials != nil)
    }

    @Test(
        "an ARN that is none, or of no role, is refused",
        arguments: [
            ("nothing-valid-in-here", "nothing-valid-in-here is invalid"),
            ("arn::b:::something/test-role", "arn::b:::something/test-role is invalid"),
            ("arn:a::::something/test-role", "arn:a::::something/test-role is invalid"),
            ("arn:a:::something/test-role", "arn:a:::something/test-role is invalid"),
            ("arn:a:a::aaaaaaaaaa:", "arn:a:a::aaaaaaaaaa: is invalid"),
            ("arn:aws:iam::123456789012:user/someone", "Request ARN is invalid"),
            ("arn:aws:iam::123456789012:role/", "Request ARN is invalid"),
            ("arn:aws:iam::12345678901x:role/r", "Request ARN is invalid"),
            ("arn:aws:s3:::bucket/role/something", "Request ARN is invalid"),
        ])
    func invalidARN(arn: String, message: String) async throws {
        let sts = try await STSCloud()
        await expectError("ValidationError", message) {
            _ = try await sts.assume { $0.roleArn = arn }
        }
    }

    @Test("a session lasts no longer than its role allows")
    func duration() async throws {
        let sts = try await STSCloud()
        _ = try await sts.makeRole("short")
        _ = try await sts.makeRole("long", seconds: 43_200)
        await expectError(
            "ValidationError",
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
        ) { _ = try await sts.assume("role/short") { $0.durationSeconds = 3601 } }
        let answer = try await sts.assume("role/long") { $0.durationSeconds = 43_200 }
        #expect(answer.credentials?.expiration == sts.cloud.clock.now + .seconds(43_200))
    }

    @Test("a session that a session made lasts an hour at most")
    func chaining() async throws {
        let sts = try await STSCloud()
        _ = try await sts.makeRole("long", seconds: 43_200)
        let session = Principal.assumedRole(
            account: TestCloud.account, role: "a", roleID: "AROAX", session: "s")
        let context = sts.cloud.context(as: session)
        await expectError(
            "ValidationError",
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by "
                + "role chaining."
        ) { _ = try await sts.assume("role/long", in: context) { $0.durationSeconds = 3601 } }
        _ = try await sts.assume("role/long", in: context) { $0.durationSeconds = 3600 }
    }

    @Test("a session policy goes with the credentials")
    func sessionPolicy() async throws {
        let sts = try await STSCloud()
        let policy = #"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#
        let answer = try await sts.assume {
            $0.policy = policy
            $0.policyArns = [PolicyDescriptorType(arn: "arn:aws:iam::aws:policy/ReadOnlyAccess")]
            $0.tags = [Tag(key: "team", value: "a")]
            $0.transitiveTagKeys = ["TEAM"]
            $0.sourceIdentity = "someone"
        }
        #expect(answer.packedPolicySize == 3)
        #expect(answer.sourceIdentity == "someone")
        let credential = try await sts.credential(of: try #require(answer.credentials))
        #expect(credential?.session?.policies == [policy])
    }

    @Test("a session policy that is no policy, or too long, is refused")
    func malformedPolicy() async throws {
        let sts = try await STSCloud()
        await expectError("MalformedPolicyDocument", "This policy contains invalid Json") {
            _ = try await sts.assume { $0.policy = "{" }
        }
        await expectError("ValidationError") {
            _ = try await sts.assume { $0.policy = String(repeating: " ", count: 2049) }
        }
        await expectError("ValidationError") {
            _ = try await sts.assume {
                $0.policyArns = (0...10).map {
                    PolicyDescriptorType(arn: "arn:aws:iam::aws:policy/\($0)")
                }
            }
        }
    }

    @Test("policies and tags must fit into a token together")
    func packed() async throws {
        let sts = try await STSCloud()
        let value = String(repeating: "v", count: 256)
        await expectError(
            "PackedPolicyTooLarge",
            "Packed policy consumes 161% of allotted space, please use smaller policy."
        ) {
            _ = try await sts.assume {
                $0.tags = (10..<35).map { Tag(key: "k\($0)xxxx", value: value) }
            }
        }
    }

    @Test("tags are checked as AWS checks them")
    func tags() async throws {
        let sts = try await STSCloud()
        await expectError(
            "InvalidParameterValue",
            "Duplicate tag keys found. Please note that Tag keys are case insensitive."
        ) {
            _ = try await sts.assume {
                $0.tags = [Tag(key: "k", value: "1"), Tag(key: "K", value: "2")]
            }
        }
        await expectError(
            "InvalidParameterValue",
            "The specified transitive tag key must be included in the requested tags."
        ) { _ = try await sts.assume { $0.transitiveTagKeys = ["k"] } }
    }

    @Test(
        "a code of a device that nobody knows is wrong, and a context that nobody can check is not served"
    )
    func notKnown() async throws {
        let sts = try await STSCloud()
        await expectError("AccessDenied") {
            _ = try await sts.assume {
                $0.serialNumber = "arn:aws:iam::123456789012:mfa/me"
                $0.tokenCode = "123456"
            }
        }
        await expectError("NotImplemented") {
            _ = try await sts.assume { $0.providedContexts = [ProvidedContext()] }
        }
    }

    @Test(
        "the caller needs to be allowed everything that he asks for, by the role's trust policy too"
    )
    func access() async throws {
        let sts = try await STSCloud()
        _ = try await sts.makeRole("orders")
        let asked = Asked()
        sts.cloud.dependencies.caller.connect(sts.router, authorizer: asked)
        _ = try await sts.assume("role/orders") {
            $0.externalId = "secret"
            $0.tags = [Tag(key: "team", value: "a")]
            $0.sourceIdentity = "someone"
        }
        let requests = await asked.requests.filter { $0.action.hasPrefix("sts:") }
        #expect(
            requests.map(\.action) == ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"])
        #expect(requests.allSatisfy { $0.resources == ["arn:aws:iam::123456789012:role/orders"] })
        #expect(requests.first?.conditionKeys["sts:ExternalId"] == ["secret"])
        #expect(requests.first?.conditionKeys["aws:RequestTag/team"] == ["a"])
        let policy = try #require(try await requests.first?.resourcePolicy?())
        #expect(policy.contains("sts:AssumeRole"))
    }
}

/// Remembers what was asked, and allows it.
private actor Asked: Authorizer {
    private(set) var requests: [AccessRequest] = []

    func authorize(_ requests: [AccessRequest], in context: RequestContext) async throws {
        self.requests += requests
    }
}
