import Platform
import ServiceKit
import Wire

@testable import Authorization

/// The people and services of the tests.
enum Cast {
    static let account = "123456789012"
    static let strangerAccount = "111122223333"

    /// Somebody by the name that the tables give him.
    static func member(_ name: String) -> PrincipalFacts {
        switch name {
        case "root": return PrincipalFacts(.root(account: account))
        case "stranger-root": return PrincipalFacts(.root(account: strangerAccount))
        case "alice", "bob":
            return PrincipalFacts(
                .user(account: account, path: "/", name: name, id: "AIDA\(name.uppercased())"),
                tags: ["team": "blue", "star": "*"])
        case "stranger":
            var stranger = PrincipalFacts(
                .user(account: strangerAccount, path: "/", name: "stranger", id: "AIDASTRANGER"))
            stranger.canonicalUserID = "c0ffee"
            return stranger
        case "session":
            var session = SessionIdentity(issued: Instant(seconds: 1_780_000_000))
            session.sourceIdentity = "ann"
            return PrincipalFacts(
                .assumedRole(account: account, role: "worker", roleID: "AROAWORKER", session: "s1"),
                roleARN: "arn:aws:iam::\(account):role/team/worker", session: session)
        case "federated-user":
            return PrincipalFacts(.federatedUser(account: account, name: "fred", user: "alice"))
        case "google": return PrincipalFacts(.federated(provider: "accounts.google.com"))
        case "service": return PrincipalFacts(.service("sns.amazonaws.com"))
        case "anonymous": return PrincipalFacts(.anonymous)
        default: preconditionFailure("nobody is called \(name)")
        }
    }

    /// The `Principal` that names somebody.
    static func element(_ name: String) -> (kind: String, value: String) {
        switch name {
        case "*": ("AWS", "*")
        case "account": ("AWS", account)
        case "stranger-account": ("AWS", "arn:aws:iam::\(strangerAccount):root")
        case "role": ("AWS", "arn:aws:iam::\(account):role/team/worker")
        case "service": ("Service", "sns.amazonaws.com")
        case "google": ("Federated", "accounts.google.com")
        default: ("AWS", member(name).arn)
        }
    }

    /// What is known of a request of `caller`.
    static func facts(of caller: PrincipalFacts, resourceAccount: String = account) -> RequestFacts
    {
        var facts = RequestFacts(principal: caller, resourceAccount: resourceAccount)
        facts.keys = ["accounts.google.com:aud": ["app"], "x:many": ["a", "b"]]
        facts.resourceTags = ["owner": "alice"]
        facts.time = Instant(seconds: 1_782_864_000)
        facts.region = "us-east-1"
        facts.sourceIP = "203.0.113.7"
        facts.userAgent = "aws-cli/2.0"
        facts.isEncrypted = false
        if case .service = caller.principal {
            facts.sourceARN = "arn:aws:sns:us-east-1:123456789012:t"
            facts.sourceAccount = account
        }
        return facts
    }

    /// A policy of one statement, or more.
    static func policy(
        _ statements: [String: Document]..., version: String = "2012-10-17"
    ) throws -> Policy {
        try Policy(
            .object([
                "Version": .string(version),
                "Statement": .array(statements.map { .object($0) }),
            ]))
    }
}
