import Platform
import ServiceKit
import Synchronization
import TestKit
import Testing
import Wire

@testable import Authorization

/// Users and roles of a test's making.
final class FixedDirectory: IdentityDirectory {
    private let state = Mutex<(identities: [String: IdentityRecord], revision: Int)>(([:], 0))
    private let managed: [String: String]

    init(_ managed: [String: String] = [:]) {
        self.managed = managed
    }

    func set(_ arn: String, _ policies: [String], boundary: String? = nil) {
        let records = policies.enumerated().map {
            PolicyRecord(name: "policy\($0.offset)", document: $0.element)
        }
        state.withLock { state in
            state.identities[arn] = IdentityRecord(arn: arn, policies: records, boundary: boundary)
            state.revision += 1
        }
    }

    func identity(of principal: Principal) async throws -> IdentityRecord? {
        let arn =
            switch principal {
            case .assumedRole(let account, let role, _, _): "arn:aws:iam::\(account):role/\(role)"
            default: principal.arn
            }
        return state.withLock { $0.identities[arn] }
    }

    func managedPolicy(_ arn: String) async throws -> PolicyRecord? {
        managed[arn].map { PolicyRecord(name: arn, document: $0) }
    }

    var revision: Int { state.withLock { $0.revision } }
}

@Suite("The authorizer")
struct AuthorizerTests {
    private static let alice = Principal.user(
        account: TestCloud.account, path: "/", name: "alice", id: "AIDAALICE")
    private static let bucket = "arn:aws:s3:::b/k"
    private let cloud = TestCloud()
    private let ledger = AccessLedger()
    private let directory = FixedDirectory([
        "arn:aws:iam::aws:policy/Reads":
            #"{"Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}"#
    ])

    private func authorize(
        _ request: AccessRequest, as principal: Principal = alice,
        _ mode: AuthorizationMode = .enforce, session: SessionIdentity? = nil
    ) async throws {
        var context = cloud.context(as: principal)
        context.session = session
        context.requestID = "request"
        let authorizer = PolicyAuthorizer(
            mode: mode, directory: directory, ledger: ledger, clock: cloud.clock)
        try await authorizer.authorize([request], in: context)
    }

    private func denial(
        of request: AccessRequest, as principal: Principal = alice,
        session: SessionIdentity? = nil
    ) async throws -> AWSError {
        try await #require(throws: AWSError.self) {
            try await authorize(request, as: principal, session: session)
        }
    }

    private func allow(_ statement: String, boundary: String? = nil) {
        directory.set(
            Self.alice.arn, [#"{"Version":"2012-10-17","Statement":\#(statement)}"#],
            boundary: boundary)
    }

    @Test(
        "a denial is worded as the service words it",
        arguments: [
            ("lambda:InvokeFunction", "AccessDeniedException", 403),
            ("dynamodb:GetItem", "AccessDeniedException", 400),
            ("iam:GetUser", "AccessDenied", 403), ("sns:Publish", "AuthorizationError", 403),
            ("ec2:RunInstances", "UnauthorizedOperation", 403),
        ])
    func dialects(action: String, code: String, status: Int) async throws {
        let error = try await denial(of: AccessRequest(action, on: "arn:x"))
        #expect(error.code == code)
        #expect(error.status == status)
        #expect(
            error.message
                == "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: \(action) on "
                + "resource: arn:x because no identity-based policy allows the \(action) action")
    }

    @Test("a denial names the kind of policy that denies")
    func reasons() async throws {
        let user = "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: "
        allow(
            #"[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"sqs:*","Resource":"*"}]"#
        )
        #expect(
            try await denial(of: AccessRequest("sqs:SendMessage", on: "arn:q")).message
                == user
                + "sqs:SendMessage on resource: arn:q with an explicit deny in an identity-based policy"
        )
        let policy = #"{"Statement":{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}}"#
        #expect(
            try await denial(of: AccessRequest("s3:GetObject", on: Self.bucket) { policy }).message
                == user
                + "s3:GetObject on resource: \"arn:aws:s3:::b/k\" with an explicit deny in a "
                + "resource-based policy")
        allow(
            #"{"Effect":"Allow","Action":"*","Resource":"*"}"#,
            boundary: "arn:aws:iam::aws:policy/Reads")
        #expect(
            try await denial(of: AccessRequest("sqs:SendMessage", on: "arn:q")).message
                == user
                + "sqs:SendMessage on resource: arn:q because no permissions boundary allows the "
                + "sqs:SendMessage action")
        try await authorize(AccessRequest("s3:GetObject", on: Self.bucket))
    }

    @Test("what a user may do counts from the next request on")
    func changes() async throws {
        let request = AccessRequest("s3:GetObject", on: Self.bucket)
        _ = try await denial(of: request)
        allow(#"{"Effect":"Allow","Action":"s3:*","Resource":"*"}"#)
        try await authorize(request)
        allow(#"{"Effect":"Allow","Action":"sqs:*","Resource":"*"}"#)
        _ = try await denial(of: request)
    }

    @Test("a session has what its role and its policies allow both")
    func sessions() async throws {
        let worker = Principal.assumedRole(
            account: TestCloud.account, role: "worker", roleID: "AROA", session: "s")
        directory.set(
            "arn:aws:iam::123456789012:role/worker",
            [#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#])
        var session = SessionIdentity(issued: cloud.clock.now)
        let put = AccessRequest("s3:PutObject", on: Self.bucket)
        try await authorize(put, as: worker, session: session)
        session.policyARNs = ["arn:aws:iam::aws:policy/Reads"]
        try await authorize(
            AccessRequest("s3:GetObject", on: Self.bucket), as: worker, session: session)
        #expect(
            try await denial(of: put, as: worker, session: session).message.hasSuffix(
                "because no session policy allows the s3:PutObject action"))
        session.policyARNs = ["arn:aws:iam::aws:policy/Missing"]
        _ = try await denial(
            of: AccessRequest("s3:GetObject", on: Self.bucket), as: worker, session: session)
    }

    @Test("services are let in by policies where resources have them")
    func services() async throws {
        let service = Principal.service("sns.amazonaws.com")
        let queue = "arn:aws:sqs:us-east-1:123456789012:q"
        _ = try await denial(of: AccessRequest("sqs:SendMessage", on: queue) { nil }, as: service)
        let policy =
            #"{"Statement":{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"*","Resource":"*"}}"#
        try await authorize(AccessRequest("sqs:SendMessage", on: queue) { policy }, as: service)
        try await authorize(AccessRequest("logs:PutLogEvents"), as: service)
    }

    @Test("a grant allows, and no policy is asked for tags without need")
    func closures() async throws {
        var request = AccessRequest("kms:Decrypt", on: "arn:aws:kms:us-east-1:123456789012:key/k") {
            nil
        }
        request.resourcePolicyRole = .isRequired
        allow(#"{"Effect":"Allow","Action":"kms:*","Resource":"*"}"#)
        request.resourceTags = {
            Issue.record("nobody wants to know the tags")
            return [:]
        }
        _ = try await denial(of: request)
        request.isGranted = { true }
        try await authorize(request)
        allow(
            #"{"Effect":"Allow","Action":"sqs:*","Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/Team":"a"}}}"#
        )
        var tagged = AccessRequest("sqs:SendMessage", on: "arn:aws:sqs:us-east-1:123456789012:q")
        tagged.resourceTags = { ["team": "a"] }
        try await authorize(tagged)
        tagged.resourceTags = { ["team": "b"] }
        _ = try await denial(of: tagged)
    }

    @Test("advice lets everything pass and tells what would have been denied")
    func advise() async throws {
        try await authorize(AccessRequest("s3:GetObject", on: Self.bucket), .advise)
        let entry = try #require(ledger.entries(of: "request").first)
        #expect(!entry.decision.isAllowed && !entry.isEnforced)
        #expect(entry.document["missing"] == "identity-based policy")
        #expect(entry.document["principal"] == .string(Self.alice.arn))
        #expect(ledger.usages(of: Self.alice.arn).map(\.action) == ["s3:GetObject"])
    }

    @Test("what was refused is no part of what somebody did")
    func refusals() async throws {
        _ = try await denial(of: AccessRequest("s3:GetObject", on: Self.bucket))
        #expect(ledger.usages(of: Self.alice.arn).isEmpty)
        #expect(ledger.entries(of: "request").count == 1)
    }

    @Test("the ledger remembers the last decisions and no more")
    func bounds() async throws {
        var entry = AccessLedger.Entry(
            requestID: "", time: cloud.clock.now, caller: "c", bearer: "b", action: "a:b",
            resource: "", decision: .denied(missing: .identity), isEnforced: false)
        for number in 0..<(AccessLedger.denialLimit + 10) {
            entry.requestID = "r\(number)"
            entry.resource = "arn:\(number)"
            ledger.record(entry)
        }
        #expect(ledger.entries(of: "r9").isEmpty)
        #expect(ledger.entries(of: "r10").count == 1)
        #expect(ledger.usages(of: "b").count == AccessLedger.usageLimit)
        #expect(ledger.takeNews().denials.count == AccessLedger.denialLimit)
        #expect(ledger.takeNews().isEmpty)
    }

    @Test("the least policy puts together what goes together")
    func advice() {
        let usages =
            ["GetObject", "PutObject"].flatMap { action in
                (0..<10).map {
                    AccessLedger.Usage(
                        bearer: "b", action: "s3:\(action)", resource: "arn:aws:s3:::bucket/\($0)")
                }
            } + [
                AccessLedger.Usage(bearer: "b", action: "sqs:SendMessage", resource: "arn:q"),
                AccessLedger.Usage(bearer: "b", action: "s3:ListAllMyBuckets", resource: "*"),
            ]
        let policy = Advice.policy(for: usages)
        #expect(
            policy["Statement"] == [
                [
                    "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"],
                    "Resource": "arn:aws:s3:::bucket/*",
                ],
                ["Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"],
                ["Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:q"],
            ])
    }
}
