import HTTPTypes
import ServiceKit
import Testing
import Wire

@testable import Gateway

@Suite("What a request is addressed to")
struct ServiceResolverTests {
    private static func service(
        _ name: String, _ signingName: String, target: String? = nil, version: String = "1",
        _ protocols: [WireProtocol], operations: [String] = []
    ) -> ServiceDescription {
        final class Box: @unchecked Sendable {
            // SAFETY: set once below, before anybody asks for the schema.
            var schema: ServiceSchema?
        }
        let box = Box()
        let description = ServiceDescription(
            name: name, signingName: signingName, endpointPrefix: signingName, apiVersion: version,
            targetPrefix: target, protocols: protocols, xmlNamespace: nil, isQueryCompatible: false,
            schema: { box.schema! })
        box.schema = ServiceSchema(
            description,
            text: operations.map { "o\t\($0)\tPOST\t/\t\t\t" }.joined(separator: "\n"))
        return description
    }

    private static let all: [ServiceDescription] = [
        service("Lambda", "lambda", [.restJSON]),
        service(
            "SQS", "sqs", target: "AmazonSQS", version: "2012-11-05", [.awsJSON10, .awsQuery],
            operations: ["SendMessage"]),
        service(
            "STS", "sts", version: "2011-06-15", [.awsQuery], operations: ["GetCallerIdentity"]),
        service("Logs", "logs", target: "Logs_20140328", [.awsJSON11]),
        service("APIGateway", "apigateway", [.restJSON]),
        service("APIGatewayV2", "apigateway", [.restJSON]),
        service("Streams", "streams.dynamodb", target: "DynamoDBStreams_20120810", [.awsJSON10]),
    ]

    private static func resolver(buckets: Bool = false) -> ServiceResolver {
        ServiceResolver(
            services: all + (buckets ? [service("S3", "s3", [.restXML])] : []),
            kinds: [.functionURL, .api], baseDomain: "apus.test")
    }

    private static func credential(_ service: String) -> String {
        "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/\(service)/aws4_request, SignedHeaders=host, Signature=x"
    }

    /// Host, path and query, headers; what it is, in a few words.
    static let addresses: [(String, String, HTTPFields, String)] = [
        // The signature's scope.
        (
            "localhost:4566", "/2015-03-31/functions", [.authorization: credential("lambda")],
            "Lambda"
        ),
        ("localhost:4566", "/", [.authorization: credential("sts")], "STS"),
        (
            "localhost:4566", "/v2/apis", [.authorization: credential("apigateway")],
            "APIGateway,APIGatewayV2"
        ),
        ("localhost:4566", "/", [.authorization: credential("kinesis")], "unserved kinesis"),
        (
            "127.0.0.1:4566",
            "/b/k?X-Amz-Algorithm=x&X-Amz-Credential=AKID%2F20260101%2Fus-east-1%2Fs3%2Faws4_request",
            [:], "S3"
        ),
        // The target header, and Smithy's paths.
        ("localhost", "/", [.amzTarget: "Logs_20140328.PutLogEvents"], "Logs"),
        ("localhost", "/", [.amzTarget: "Kinesis_20131202.PutRecord"], "unserved Kinesis_20131202"),
        ("localhost", "/service/Logs_20140328/operation/PutLogEvents", [:], "Logs"),
        ("localhost", "/service/Nothing/operation/Do", [:], "unserved Nothing"),
        // Host names.
        ("lambda.us-east-1.localhost:4566", "/x", [:], "Lambda us-east-1"),
        ("lambda.localhost", "/x", [:], "Lambda"),
        ("lambda.us-east-1.amazonaws.com", "/x", [:], "Lambda us-east-1"),
        ("lambda.eu-west-1.localhost.localstack.cloud:4566", "/x", [:], "Lambda eu-west-1"),
        ("LAMBDA.EU-WEST-1.APUS.TEST", "/x", [:], "Lambda eu-west-1"),
        ("streams.dynamodb.us-east-1.amazonaws.com", "/", [:], "Streams us-east-1"),
        (
            "us-east-1.queue.localhost.localstack.cloud:4566", "/000000000000/q", [:],
            "SQS us-east-1"
        ),
        ("bucket.s3.us-west-2.amazonaws.com", "/k", [:], "S3 us-west-2"),
        ("kinesis.us-east-1.amazonaws.com", "/", [:], "unserved kinesis"),
        // Paths and forms.
        ("localhost:4566", "/000000000000/orders", [:], "SQS"),
        ("localhost:4566", "/queue/eu-west-1/000000000000/orders", [:], "SQS eu-west-1"),
        ("localhost:4566", "/?Action=GetCallerIdentity&Version=2011-06-15", [:], "STS"),
        ("localhost:4566", "/?Action=CreateStack&Version=2010-05-15", [:], "unserved CreateStack"),
        (
            "localhost:4566", "/",
            [.contentType: "application/x-www-form-urlencoded; charset=utf-8"], "form"
        ),
        ("localhost:4566", "/bucket/key", [:], "S3"),
        ("localhost:4566", "/_apus/health", [:], "admin"),
        ("localhost:4566", "/_localstack/health", [:], "admin"),
        // Hosted things, which count more than a signature.
        (
            "abc.lambda-url.us-east-1.localhost:4566", "/a/b", [:],
            "site lambda-url abc us-east-1 - /a/b ''"
        ),
        (
            "abc.lambda-url.us-east-1.on.aws", "/", [.authorization: credential("lambda")],
            "site lambda-url abc us-east-1 - / ''"
        ),
        ("abc.execute-api.localhost", "/prod/x", [:], "site execute-api abc - - /prod/x ''"),
        (
            "abc.execute-api.us-east-1.localhost.localstack.cloud:4566", "/x", [:],
            "site execute-api abc us-east-1 - /x ''"
        ),
        (
            "localhost", "/restapis/abc/prod/_user_request_/a/b", [:],
            "site execute-api abc - prod /a/b '/restapis/abc/prod/_user_request_'"
        ),
        (
            "localhost", "/restapis/abc/prod/_user_request_", [:],
            "site execute-api abc - prod / '/restapis/abc/prod/_user_request_'"
        ),
        (
            "localhost", "/restapis/abc/stages/prod", [.authorization: credential("apigateway")],
            "APIGateway,APIGatewayV2"
        ),
        (
            "localhost", "/_aws/execute-api/abc/prod/a%2Fb", [:],
            "site execute-api abc - prod /a%2Fb '/_aws/execute-api/abc/prod'"
        ),
        (
            "localhost", "/_aws/execute-api/abc", [:],
            "site execute-api abc - - / '/_aws/execute-api/abc'"
        ),
        (
            "localhost", "/_aws/lambda-url/abc/x", [:],
            "site lambda-url abc - - /x '/_aws/lambda-url/abc'"
        ),
    ]

    @Test(
        "everything that SDKs and existing tools send is understood", arguments: addresses.indices)
    func isUnderstood(index: Int) {
        let (host, target, headers, expected) = Self.addresses[index]
        let parts = target.split(separator: "?", maxSplits: 1)
        var request = WireRequest(
            method: .post, path: String(parts[0]), query: parts.count == 2 ? String(parts[1]) : "",
            headers: headers)
        request.headers[.hostName] = host
        let resolver = Self.resolver(buckets: true)
        let destination = resolver.destination(of: request, to: resolver.host(of: request))
        #expect(Self.words(destination) == expected, "\(host) \(target)")
    }

    @Test(
        "a browser asks a bucket about its own path, and nothing about the root",
        arguments: [
            ("localhost", "/", "nothing"), ("localhost", "/b/k", "S3"),
            ("b.s3.localhost", "/", "S3"),
        ])
    func preflights(host: String, path: String, expected: String) {
        let request = WireRequest(
            method: .options, path: path,
            headers: [
                .hostName: host, .origin: "http://localhost:3000",
                .accessControlRequestMethod: "POST",
            ])
        let resolver = Self.resolver(buckets: true)
        let destination = resolver.destination(of: request, to: resolver.host(of: request))
        #expect(Self.words(destination) == expected)
    }

    @Test("a form names its service by version and action")
    func forms() {
        let resolver = Self.resolver()
        #expect(
            Self.words(resolver.destination(ofForm: "Version=2012-11-05&Action=SendMessage"))
                == "SQS")
        #expect(Self.words(resolver.destination(ofForm: "Action=SendMessage")) == "nothing")
        #expect(Self.words(resolver.destination(ofForm: "%zz&&=")) == "nothing")
    }

    @Test("without buckets, a path that says nothing is nothing")
    func nothing() {
        let request = WireRequest(
            method: .get, path: "/bucket/key", headers: [.hostName: "localhost"])
        let resolver = Self.resolver()
        #expect(
            Self.words(resolver.destination(of: request, to: resolver.host(of: request)))
                == "nothing")
    }

    @Test(
        "the protocol is the one that the request speaks, as far as the service does",
        arguments: [
            ("application/x-amz-json-1.0", "SQS", WireProtocol.awsJSON10),
            ("application/x-amz-json-1.1", "SQS", .awsJSON10),
            ("application/x-www-form-urlencoded", "SQS", .awsQuery),
            ("text/plain", "SQS", .awsJSON10),
            ("application/x-www-form-urlencoded", "Lambda", .restJSON),
        ])
    func protocols(mediaType: String, name: String, expected: WireProtocol) throws {
        let service = try #require(Self.all.first { $0.name == name })
        let request = WireRequest(method: .post, path: "/", headers: [.contentType: mediaType])
        #expect(WireProtocol.spoken(by: request, to: service) == expected)
    }

    private static func words(_ destination: Destination) -> String {
        switch destination {
        case .admin: "admin"
        case .form: "form"
        case .nothing: "nothing"
        case .unserved(let service): "unserved \(service)"
        case .api(let endpoint):
            ([endpoint.services.map(\.name).joined(separator: ",")]
                + [endpoint.region].compactMap { $0 })
                .joined(separator: " ")
        case .site(let site):
            "site \(site.kind) \(site.id) \(site.region ?? "-") \(site.stage ?? "-") \(site.path) '\(site.pathPrefix)'"
        }
    }
}
