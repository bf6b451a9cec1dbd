import HTTPTypes
import Logging
import NIOCore
import Platform
import ServiceKit
import Testing
import Wire

@testable import Gateway

@Suite("The way of a request")
struct ChainTests {
    let clock = SimulatedClock()

    private var signer: Signer { Signer(time: clock.now) }

    private func respond(_ request: WireRequest) async throws -> (WireResponse, String) {
        try await TestGateway(clock: clock).respond(to: request)
    }

    @Test("an operation is called for the account and region of the signature")
    func call() async throws {
        let (response, body) = try await respond(signer.json("Echo", #"{"Text":"hi"}"#))
        #expect(response.status == 200)
        #expect(
            body
                == #"{"Text":"hi","Account":"000000000000","Region":"eu-west-1","Principal":"arn:aws:iam::000000000000:root"}"#
        )
        #expect(response.headers[.amznRequestID]?.count == 36)
        #expect(response.headers[.date] == "Thu, 01 Jan 2026 00:00:00 GMT")
    }

    @Test("a service answers in each of its protocols")
    func protocols() async throws {
        var form = WireRequest(
            method: .post, path: "/",
            headers: [.contentType: "application/x-www-form-urlencoded", .hostName: "localhost"],
            body: Body(text: "Action=Echo&Version=2026-01-01&Text=hi"))
        form = signer.signed(form)
        let (response, body) = try await respond(form)
        #expect(response.status == 200)
        #expect(body.contains("<EchoResult><Text>hi</Text>"))
        let (unsigned, greeting) = try await respond(
            WireRequest(
                method: .post, path: "/",
                headers: [
                    .contentType: "application/x-www-form-urlencoded", .hostName: "localhost",
                ],
                body: Body(text: "Action=Greet&Version=2026-01-01")))
        #expect(unsigned.status == 200)
        #expect(greeting.contains("<Text>hello</Text>"))
    }

    @Test("what a service throws that is no error of AWS tells nothing of the inside")
    func internalFailure() async throws {
        let (response, body) = try await respond(signer.json("Fail", "{}"))
        #expect(response.status == 500)
        #expect(body.contains("InternalFailure"))
        #expect(!body.contains("hunter2"))
    }

    @Test("an operation that AWS has and nobody serves is named", arguments: ["Forget", "Sing"])
    func unservedOperation(name: String) async throws {
        let (response, body) = try await respond(signer.json(name, "{}"))
        #expect(response.status == (name == "Forget" ? 501 : 400))
        #expect(
            body.contains(
                name == "Forget"
                    ? "Forget of Notes is not served by Apus" : "UnknownOperationException"))
    }

    @Test(
        "a service that is not served is named, in the protocol of its client",
        arguments: [
            (
                HTTPFields([
                    .init(name: .amzTarget, value: "Kinesis_20131202.PutRecord"),
                    .init(name: .contentType, value: "application/x-amz-json-1.1"),
                ]),
                #""__type":"NotImplemented""#
            ),
            (
                HTTPFields([.init(name: .contentType, value: "application/x-www-form-urlencoded")]),
                "<Code>NotImplemented</Code>"
            ),
            (HTTPFields([]), "is not served by Apus"),
        ])
    func unservedService(headers: HTTPFields, expected: String) async throws {
        var signer = signer
        signer.service = "kinesis"
        var request = WireRequest(method: .post, path: "/", headers: headers)
        request.headers[.hostName] = "localhost"
        let (response, body) = try await respond(signer.signed(request))
        #expect(response.status == 501)
        #expect(body.contains(expected), "\(body)")
    }

    @Test(
        "of services that share a name, the path tells",
        arguments: [("/v1/gates", 201), ("/v2/gates", 202), ("/v3", 404)])
    func sharedNames(path: String, status: Int) async throws {
        var signer = signer
        signer.service = "gates"
        let request = WireRequest(method: .get, path: path, headers: [.hostName: "localhost"])
        #expect(try await respond(signer.signed(request)).0.status == status)
    }

    @Test("a body beyond the operation's limit is refused")
    func limits() async throws {
        let text = String(repeating: "x", count: 200)
        var request = signer.json("Fail", text)
        request.body = .stream(EndlessStream(), length: nil)
        let (response, body) = try await respond(request)
        #expect(response.status == 413)
        #expect(body.contains("Request must be smaller than 100 bytes for the Fail operation"))
    }

    // MARK: - Hosted things

    @Test("a hosted thing is called as whoever signed, or as nobody")
    func sites() async throws {
        var request = WireRequest(
            method: .get, path: "/x",
            headers: [.hostName: "abc.lambda-url.eu-west-1.localhost:4566"])
        #expect(try await respond(request).1 == "lambda-url abc eu-west-1 - /x *")
        var signer = signer
        signer.service = "lambda"
        #expect(
            try await respond(signer.signed(request)).1
                == "lambda-url abc eu-west-1 - /x arn:aws:iam::000000000000:root")
        request.headers[.authorization] = "Bearer AWS4-xyz"
        #expect(try await respond(request).1 == "lambda-url abc eu-west-1 - /x *")
        signer.secret = "wrong"
        let (response, body) = try await respond(signer.signed(request))
        #expect(response.status == 403)
        #expect(body.contains(#""message":"The request signature we calculated"#))
    }

    // MARK: - Context

    @Test(
        "URLs in answers follow the host, the port and the scheme that the client used",
        arguments: [
            ("localhost:4566", nil, "http://localhost:4566", "localhost"),
            ("127.0.0.1:4566", nil, "http://127.0.0.1:4566", "localhost"),
            (
                "sqs.us-east-1.localhost.localstack.cloud:4566", "https",
                "https://sqs.us-east-1.localhost.localstack.cloud:4566",
                "localhost.localstack.cloud"
            ),
            ("cloud.example.com", "ftp", "http://cloud.example.com", "localhost"),
        ] as [(String, String?, String, String)])
    func origin(host: String, forwarded: String?, expected: String, base: String) throws {
        var request = WireRequest(method: .get, path: "/", headers: [.hostName: host])
        request.headers[.forwardedProto] = forwarded
        let exchange = opener.open(request, from: Peer())
        #expect(exchange.origin.description == expected)
        #expect(exchange.origin.baseDomain == base)
    }

    @Test("a trace is gone on with, or begun")
    func trace() {
        var request = WireRequest(method: .get, path: "/")
        let begun = opener.open(request, from: Peer()).traceHeader
        #expect(begun.wholeMatch(of: #/Root=1-6955b900-[0-9a-f]{24}/#) != nil, "\(begun)")
        request.headers[.amznTraceID] =
            "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"
        #expect(opener.open(request, from: Peer()).traceHeader == request.headers[.amznTraceID])
    }

    private var opener: ExchangeOpener {
        ExchangeOpener(
            clock: clock, randomness: SeededRandomness(seed: 1),
            resolver: ServiceResolver(services: [], kinds: [], baseDomain: "localhost"),
            baseDomain: "localhost", defaultRegion: "us-east-1", logger: .init(label: "test"))
    }

    // MARK: - Browsers

    @Test(
        "pages of this machine may call, and no others",
        arguments: [
            ("http://localhost:3000", true), ("http://app.localhost", true),
            ("http://127.0.0.1:8080", true),
            ("https://evil.example", false), ("null", false), ("https://console.example.com", true),
        ])
    func crossOrigin(origin: String, isAllowed: Bool) async throws {
        let gateway = try TestGateway(clock: clock) {
            $0.allowedOrigins = ["https://console.example.com"]
        }
        let preflight = WireRequest(
            method: .options, path: "/",
            headers: [
                .hostName: "notes.localhost", .origin: origin, .accessControlRequestMethod: "POST",
                .accessControlRequestHeaders: "x-amz-target",
            ])
        let (answer, _) = try await gateway.respond(to: preflight)
        #expect(answer.status == (isAllowed ? 204 : 403))
        #expect(answer.headers[.accessControlAllowOrigin] == (isAllowed ? origin : nil))
        var call = signer.json("Echo", "{}")
        call.headers[.origin] = origin
        let (response, _) = try await gateway.respond(to: call)
        #expect(response.status == (isAllowed ? 200 : 403))
        #expect(response.headers[.accessControlAllowOrigin] == (isAllowed ? origin : nil))
    }
}
