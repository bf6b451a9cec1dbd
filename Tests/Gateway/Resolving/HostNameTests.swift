import Testing

@testable import Gateway

@Suite("Host names")
struct HostNameTests {
    @Test(
        "a host is taken apart",
        arguments: [
            ("localhost:4566", "localhost", 4566, [], "localhost"),
            ("LocalHost", "localhost", nil, [], "localhost"),
            ("a.b.localhost:80", "a.b.localhost", 80, ["a", "b"], "localhost"),
            (
                "x.localhost.localstack.cloud:4566", "x.localhost.localstack.cloud", 4566, ["x"],
                "localhost.localstack.cloud"
            ),
            (
                "lambda.us-east-1.amazonaws.com", "lambda.us-east-1.amazonaws.com", nil,
                ["lambda", "us-east-1"], nil
            ),
            ("[::1]:4566", "[::1]", 4566, [], nil), ("127.0.0.1", "127.0.0.1", nil, [], nil),
            ("notlocalhost", "notlocalhost", nil, [], nil), ("", "", nil, [], nil),
            (":", "", nil, [], nil),
        ] as [(String, String, Int?, [String], String?)])
    func parts(host: String, name: String, port: Int?, labels: [String], base: String?) {
        let parsed = HostName(host, baseDomains: ServiceResolver.commonDomains)
        #expect(parsed.name == name)
        #expect(parsed.port == port)
        #expect(parsed.labels == labels)
        #expect(parsed.baseDomain == base)
    }

    @Test(
        "regions are known by their form",
        arguments: [
            ("us-east-1", true), ("us-gov-west-1", true), ("ap-southeast-12", true),
            ("lambda-url", false),
            ("s3-1", false), ("us-east-", false), ("bucket", false),
        ])
    func regions(label: String, isRegion: Bool) {
        #expect(HostName.isRegion(label) == isRegion)
    }
}
