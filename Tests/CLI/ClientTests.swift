import ArgumentParser
import NIOHTTP1
import Platform
import Testing
import Wire

@testable import CLI

@Suite("The client of the command line")
struct ClientTests {
    private static func settings(
        _ arguments: [String] = [], _ environment: [String: String] = [:]
    ) throws -> ClientSettings {
        try ClientSettings(ClientOptions.parse(arguments)) { environment[$0] }
    }

    @Test("it asks the Apus of this machine with development keys")
    func defaults() throws {
        let settings = try Self.settings([], ["AWS_ACCESS_KEY_ID": "AKIAREAL"])
        #expect(settings.endpoint.description == "http://127.0.0.1:4566")
        #expect(settings.endpoint.authority == "127.0.0.1:4566")
        #expect(settings.region == "us-east-1")
        #expect(settings.accessKeyID == "test" && settings.secretAccessKey == "test")
    }

    @Test("options win over variables")
    func options() throws {
        let environment = [
            "APUS_ENDPOINT": "http://a:1", "APUS_REGION": "r", "AWS_REGION": "s",
            "APUS_ACCESS_KEY_ID": "root", "APUS_SECRET_ACCESS_KEY": "secret",
        ]
        let fromVariables = try Self.settings([], environment)
        #expect(fromVariables.endpoint.description == "http://a:1")
        #expect(fromVariables.region == "r")
        #expect(fromVariables.accessKeyID == "root" && fromVariables.secretAccessKey == "secret")
        let fromOptions = try Self.settings(
            ["--endpoint", "https://b/", "--region", "t", "--account", "111122223333"], environment)
        #expect(fromOptions.endpoint.description == "https://b")
        #expect(fromOptions.region == "t")
        #expect(fromOptions.accessKeyID == "111122223333")
    }

    @Test(
        "what is no endpoint or account is refused",
        arguments: [
            ["--endpoint", "localhost:4566"], ["--endpoint", "http://"],
            ["--endpoint", "http://a/b"],
            ["--endpoint", "http://a b"], ["--endpoint", "ftp://a"], ["--account", "12345"],
            ["--account", "12345678901a"],
        ])
    func refused(arguments: [String]) {
        #expect(throws: ConfigurationError.self) { try Self.settings(arguments) }
    }

    @Test("a signature is the one that botocore makes")
    func signature() {
        let signer = RequestSigner(
            accessKeyID: "test", secretAccessKey: "secret", region: "eu-west-1", service: "lambda")
        let headers = signer.headers(
            method: "POST", path: "/2015-03-31/functions/arn%3Aaws%3Alambda/invocations",
            query: [("Qualifier", "a/b")], authority: "localhost:4566",
            body: Array(#"{"a":1}"#.utf8),
            at: Instant(iso8601: "2026-01-02T03:04:05Z")!)
        #expect(
            headers.first { $0.0 == "authorization" }?.1
                == "AWS4-HMAC-SHA256 Credential=test/20260102/eu-west-1/lambda/aws4_request, "
                + "SignedHeaders=host;x-amz-content-sha256;x-amz-date, "
                + "Signature=e70ecf6244c6019932dbaa025fd3e709cbb7e79e49fef747b9329e1b1156cf0d")
    }

    @Test(
        "an error is told with its code",
        arguments: [
            (
                #"{"message":"No."}"#, "ResourceNotFoundException:http://x",
                "No. (ResourceNotFoundException)"
            ),
            (#"{"__type":"com.amazonaws#Bad","Message":"No."}"#, nil, "No. (Bad)"),
            ("oops", nil, "HTTP 400: oops"),
        ])
    func failure(body: String, type: String?, description: String) {
        let answer = HTTPAnswer(
            status: 400, headers: HTTPHeaders(type.map { [("x-amzn-ErrorType", $0)] } ?? []),
            body: Array(body.utf8))
        #expect(ServiceFailure(answer).description == description)
    }
}
