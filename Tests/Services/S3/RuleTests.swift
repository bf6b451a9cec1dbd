import Platform
import S3Model
import TestKit
import Testing
import Wire

@testable import S3

@Suite("Rules of buckets")
struct RuleTests {
    private let day = Duration.seconds(86_400)

    @Test("an object expires at the midnight after its days")
    func expiration() throws {
        let noon = Instant(iso8601: "2026-03-01T12:00:00Z")!
        #expect(
            LifecycleRules.midnight(after: 1, from: noon)
                == Instant(iso8601: "2026-03-03T00:00:00Z"))
        var object = ObjectRecord(id: 1, key: Array("a/b".utf8), modified: noon, owner: "")
        object.size = 10
        let rule = LifecycleRule(
            expiration: .init(days: 1), id: "r",
            filter: .init(and: .init(prefix: "a/", objectSizeGreaterThan: 9)), status: "Enabled")
        #expect(LifecycleRules.expiration(of: object, by: [rule])?.rule == "r")
        object.size = 9
        #expect(LifecycleRules.expiration(of: object, by: [rule]) == nil)
    }

    @Test("a transition goes from warm to cold only")
    func transitions() {
        let start = Instant(seconds: 0)
        var object = ObjectRecord(id: 1, key: [1], modified: start, owner: "")
        let rule = LifecycleRule(
            prefix: "", status: "Enabled",
            transitions: [
                .init(days: 1, storageClass: "STANDARD_IA"),
                .init(days: 3, storageClass: "GLACIER"),
            ])
        func storageClass(after days: Int) -> String? {
            LifecycleRules.storageClass(
                of: object, noncurrentSince: nil, newerVersions: 0, by: [rule],
                now: start + .seconds(days * 86_400))
        }
        #expect(storageClass(after: 0) == nil)
        #expect(storageClass(after: 1) == "STANDARD_IA")
        #expect(storageClass(after: 5) == "GLACIER")
        object.storageClass = "DEEP_ARCHIVE"
        #expect(storageClass(after: 5) == nil)
    }

    @Test(
        "notifications are for events and keys",
        arguments: [
            ("s3:ObjectCreated:*", true), ("s3:ObjectCreated:Put", true),
            ("s3:ObjectCreated:Copy", false), ("s3:ObjectRemoved:*", false),
        ])
    func notifications(event: String, isWanted: Bool) throws {
        let target = NotificationTarget.all(
            of: NotificationConfiguration(queueConfigurations: [
                .init(
                    queueArn: "arn:aws:sqs:us-east-1:1:q", events: [event],
                    filter: .init(
                        key: .init(filterRules: [
                            .init(name: "Prefix", value: "in/"),
                            .init(name: "suffix", value: ".txt"),
                        ])))
            ]))[0]
        #expect(target.wants(.objectCreatedPut, key: "in/a.txt") == isWanted)
        #expect(!target.wants(.objectCreatedPut, key: "out/a.txt"))
        #expect(!target.wants(.objectCreatedPut, key: "in/a.png"))
        try target.check()
    }

    @Test("a page may use a bucket by the first rule that fits")
    func origins() {
        let configuration = CORSConfiguration(corsRules: [
            .init(
                allowedHeaders: ["x-*"], allowedMethods: ["PUT"],
                allowedOrigins: ["http://*.example.com"]),
            .init(allowedMethods: ["GET"], allowedOrigins: ["*"]),
        ])
        func isAllowed(_ origin: String, _ method: String, _ headers: [String]) -> Bool {
            CORSRules.rule(
                of: configuration, origin: origin, method: method, headers: headers) != nil
        }
        #expect(isAllowed("http://a.example.com", "PUT", ["X-Amz-Meta-A"]))
        #expect(!isAllowed("http://a.example.org", "PUT", []))
        #expect(!isAllowed("http://a.example.com", "PUT", ["content-type"]))
        #expect(isAllowed("null", "GET", []))
    }

    @Test("a policy is public where anybody gets in, unless a condition holds them back")
    func publicPolicies() throws {
        func policy(_ principal: String, _ condition: String = "{}") -> BucketPolicy? {
            BucketPolicy(
                """
                {"Statement": {"Effect": "Allow", "Principal": \(principal), "Action": "s3:*", "Resource": "*",
                 "Condition": \(condition)}}
                """)
        }
        #expect(try #require(policy("\"*\"")).isPublic)
        #expect(try #require(policy("{\"AWS\": [\"*\"]}")).isPublic)
        #expect(try !#require(policy("{\"AWS\": \"arn:aws:iam::1:root\"}")).isPublic)
        let narrow = "{\"IpAddress\": {\"aws:SourceIp\": \"10.0.0.0/8\"}}"
        #expect(try !#require(policy("\"*\"", narrow)).isPublic)
        #expect(try #require(policy("\"*\"")).denials == "{\"Statement\":[]}")
    }

    @Test("a form does what its policy says and nothing else")
    func forms() throws {
        let text = """
            {"expiration": "2030-01-01T00:00:00Z", "conditions": [{"bucket": "b"}, ["starts-with", "$key", "up/"],
             ["eq", "$acl", "private"], ["content-length-range", 1, 9]]}
            """
        let policy = try PostPolicy(Base64.encode(Array(text.utf8)))
        let fields = [
            "bucket": "b", "key": "up/a", "acl": "private", "policy": "", "x-ignore-a": "1",
        ]
        let now = Instant(iso8601: "2029-12-31T00:00:00Z")!
        try policy.check(fields, now: now)
        #expect(policy.length == 1...9)
        for change in [["key": "down/a"], ["acl": "public-read"], ["extra": "1"]] {
            #expect(throws: AWSError.self) {
                try policy.check(fields.merging(change) { $1 }, now: now)
            }
        }
        #expect(throws: AWSError.self) { try policy.check(fields, now: now + day + day) }
    }
}
