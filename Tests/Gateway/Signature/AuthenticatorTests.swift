import HTTPTypes
import NIOCore
import Platform
import ServiceKit
import Testing
import Wire

@testable import Gateway

@Suite("Signatures")
struct AuthenticatorTests {
    static let key = "AKIDEXAMPLE"
    static let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    static let source: KnownCredentials = KnownCredentials(credentials: [
        Credential(
            accessKeyID: key, secretAccessKey: secret,
            principal: .user(account: "111122223333", path: "/", name: "ada", id: "AIDA")),
        Credential(
            accessKeyID: "ASIAOLD", secretAccessKey: "s", principal: .root(account: "111122223333"),
            expiration: SimulatedClock().now - .seconds(1)),
    ])

    let clock = SimulatedClock()

    private func gateway(acceptsUnregistered: Bool = true) throws -> TestGateway {
        try TestGateway(clock: clock, credentials: [Self.source]) {
            $0.acceptsUnregisteredKeys = acceptsUnregistered
        }
    }

    private var signer: Signer { Signer(key: Self.key, secret: Self.secret, time: clock.now) }

    // MARK: - What botocore signs

    /// Requests that botocore 1.43.11 signed for the first second of 2026.
    static let signedByBotocore: [(WireRequest, Int)] = {
        func authorization(_ service: String, _ headers: String, _ signature: String) -> String {
            "AWS4-HMAC-SHA256 Credential=\(key)/20260101/eu-west-1/\(service)/aws4_request, "
                + "SignedHeaders=\(headers), Signature=\(signature)"
        }
        let date = "20260101T000000Z"
        return [
            (
                WireRequest(
                    method: .post, path: "/",
                    headers: [
                        .hostName: "localhost:4566", .contentType: "application/x-amz-json-1.1",
                        .amzTarget: "Notes_20260101.Echo", .amzDate: date,
                        .authorization: authorization(
                            "notes", "content-type;host;x-amz-date;x-amz-target",
                            "e513f5bf60d533634fdb236b7b5052e92c938fcba07f36b831efba8e5f88d6ab"),
                    ],
                    body: Body(text: #"{"Text":"a"}"#)), 200
            ),
            (
                WireRequest(
                    method: .get, path: "/v1/gates/arn%3Aaws%3Alambda%3Aus-east-1%3A1%3Af/x%20y",
                    query: "b=2&a=1%2F2&c",
                    headers: [
                        .hostName: "localhost:4566", .amzDate: date,
                        .authorization: authorization(
                            "gates", "host;x-amz-date",
                            "6135b6f861a7ee8a64a9a1a3c138067dcb6e15ced7354c3838d687b3c967cd15"),
                    ]), 200
            ),
            (
                WireRequest(
                    method: .put, path: "/bucket/a%20key/%C3%BC%2B%28x%29.txt",
                    headers: [
                        .hostName: "localhost:4566",
                        HTTPField.Name("x-amz-meta-note")!: "  two   spaces ",
                        .amzDate: date,
                        .amzContentSHA256:
                            "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
                        .authorization: authorization(
                            "s3", "host;x-amz-content-sha256;x-amz-date;x-amz-meta-note",
                            "723b7cc864aa560be2cd3bae00a6a46e0147acc05a0551df65737190414205ee"),
                    ],
                    body: Body(text: "hello")), 200
            ),
            (
                WireRequest(
                    method: .put, path: "/bucket/a%20key",
                    query:
                        "x-id=PutObject&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20260101"
                        + "%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20260101T000000Z&X-Amz-Expires=60"
                        + "&X-Amz-SignedHeaders=host&X-Amz-Signature="
                        + "062d9607adef9bc13db6e5957c81badfb2e8435913c08adf7ab3c57303d77a96",
                    headers: [.hostName: "localhost:4566"]), 200
            ),
            (
                WireRequest(
                    method: .get, path: "/",
                    query:
                        "Action=Greet&Version=2026-01-01&Text=a%20b&X-Amz-Algorithm=AWS4-HMAC-SHA256"
                        + "&X-Amz-Credential=AKIDEXAMPLE%2F20260101%2Feu-west-1%2Fnotes%2Faws4_request"
                        + "&X-Amz-Date=20260101T000000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature="
                        + "4534418f3eb11b7c789de57edaf3264556bd32be9a83e644e2f2669d70b1e387",
                    headers: [.hostName: "localhost:4566"]), 200
            ),
        ]
    }()

    @Test("what botocore signs is verified", arguments: signedByBotocore)
    func botocore(request: WireRequest, status: Int) async throws {
        let authenticator = Authenticator(
            credentials: CredentialStore(sources: [Self.source], acceptsUnregisteredKeys: false),
            clock: clock, skew: .seconds(900))
        var request = request
        let dialect: SignatureDialect = request.signedService == "s3" ? .s3 : .json
        let identity = try await authenticator.authenticate(
            &request, in: dialect, admitsAnonymous: false)
        #expect(identity.principal.arn == "arn:aws:iam::111122223333:user/ada")
        #expect(identity.region == "eu-west-1")
        #expect(identity.accessKeyID == Self.key)
    }

    // MARK: - What does not pass

    /// A change to a signed request, and the code and part of the message that it meets, in JSON and in the query protocol.
    static let refusals: [(String, @Sendable (inout WireRequest) -> Void, String, String, String)] =
        [
            (
                "no signature", { $0.headers[.authorization] = nil },
                "MissingAuthenticationTokenException",
                "MissingAuthenticationToken", "missing Authentication Token"
            ),
            (
                "another body", { $0.body = Body(text: #"{"Text":"b"}"#) },
                "InvalidSignatureException",
                "SignatureDoesNotMatch", "The Canonical String for this request should have been"
            ),
            (
                "another path", { $0.path = "/x" }, "InvalidSignatureException",
                "SignatureDoesNotMatch",
                "does not match the signature you provided"
            ),
            (
                "another signature", { $0.replaceAuthorization(#/Signature=../#, "Signature=00") },
                "InvalidSignatureException", "SignatureDoesNotMatch",
                "The String-to-Sign should have been"
            ),
            (
                "a signature that is no hexadecimal",
                { $0.replaceAuthorization(#/Signature=../#, "Signature=zz") },
                "InvalidSignatureException", "SignatureDoesNotMatch", "does not match"
            ),
            (
                "an unknown key", { $0.replaceAuthorization(#/AKIDEXAMPLE/#, "AKIDNOBODY") },
                "UnrecognizedClientException", "InvalidClientTokenId",
                "security token included in the request is invalid"
            ),
            (
                "no date", { $0.headers[.amzDate] = nil }, "IncompleteSignatureException",
                "IncompleteSignature",
                "'X-Amz-Date' or a 'Date' header"
            ),
            (
                "a date that is none", { $0.headers[.amzDate] = "yesterday" },
                "IncompleteSignatureException",
                "IncompleteSignature", "ISO-8601"
            ),
            (
                "a date of another day", { $0.headers[.amzDate] = "20260102T000000Z" },
                "InvalidSignatureException",
                "SignatureDoesNotMatch", "'20260101' != '20260102'"
            ),
            (
                "no credential", { $0.replaceAuthorization(#/Credential=/#, "X=") },
                "IncompleteSignatureException",
                "IncompleteSignature", "requires 'Credential' parameter"
            ),
            (
                "no parts", { $0.headers[.authorization] = "AWS4-HMAC-SHA256" },
                "IncompleteSignatureException",
                "IncompleteSignature", "requires 'Signature' parameter"
            ),
            (
                "a short scope", { $0.replaceAuthorization(#/\/aws4_request/#, "") },
                "InvalidSignatureException",
                "SignatureDoesNotMatch", "exactly 5 slash-delimited elements"
            ),
            (
                "another terminator", { $0.replaceAuthorization(#/aws4_request/#, "aws5_request") },
                "InvalidSignatureException", "SignatureDoesNotMatch", "valid terminator"
            ),
            (
                "a region that is none", { $0.replaceAuthorization(#/eu-west-1/#, "eu west") },
                "InvalidSignatureException", "SignatureDoesNotMatch", "valid region"
            ),
            (
                "no signed host", { $0.replaceAuthorization(#/host;/#, "") },
                "InvalidSignatureException",
                "SignatureDoesNotMatch", "'Host' or ':authority'"
            ),
            (
                "SigV4A",
                { $0.replaceAuthorization(#/AWS4-HMAC-SHA256/#, "AWS4-ECDSA-P256-SHA256") },
                "IncompleteSignatureException", "IncompleteSignature", "AWS4-ECDSA-P256-SHA256"
            ),
            (
                "SigV2", { $0.headers[.authorization] = "AWS AKID:c2ln" },
                "IncompleteSignatureException",
                "IncompleteSignature", "Unsupported AWS 'algorithm': 'AWS'"
            ),
            (
                "a payload hash that is none", { $0.headers[.amzContentSHA256] = "abc" },
                "IncompleteSignatureException",
                "IncompleteSignature", "valid sha256"
            ),
        ]

    @Test("what is wrong with a signature is said as AWS says it", arguments: refusals.indices)
    func isRefused(index: Int) async throws {
        let (name, change, jsonCode, queryCode, message) = Self.refusals[index]
        let authenticator = Authenticator(
            credentials: CredentialStore(sources: [Self.source], acceptsUnregisteredKeys: false),
            clock: clock, skew: .seconds(900))
        for (dialect, code) in [
            (SignatureDialect.json, jsonCode), (.restJSON, jsonCode), (.query, queryCode),
        ] {
            var request = signer.json("Echo", #"{"Text":"a"}"#)
            change(&request)
            let error = await #expect(throws: AWSError.self, "\(name)") {
                try await authenticator.authenticate(&request, in: dialect, admitsAnonymous: false)
            }
            #expect(error?.code == code, "\(name)")
            #expect(
                error?.message.lowercased().contains(message.lowercased()) == true,
                "\(name): \(error?.message ?? "")")
            #expect((400...403).contains(error?.status ?? 0))
        }
    }

    @Test(
        "a signature is good for fifteen minutes to either side",
        arguments: [
            (-901, "Signature expired: "), (-899, nil), (899, nil),
            (901, "Signature not yet current: "),
        ])
    func skew(seconds: Int, message: String?) async throws {
        var signer = signer
        signer.time = clock.now + .seconds(seconds)
        let (response, body) = try await gateway().respond(to: signer.json("Echo", "{}"))
        #expect(response.status == (message == nil ? 200 : 400))
        if let message { #expect(body.contains(message)) }
    }

    @Test("moving the virtual clock breaks no client, whose clock does not move")
    func virtualClock() async throws {
        clock.advance(by: .seconds(86_400))
        var signer = signer
        signer.time = clock.machineTime
        let (response, _) = try await gateway().respond(to: signer.json("Echo", "{}"))
        #expect(response.status == 200)
        #expect(response.headers[.date] == clock.machineTime.httpDate)
    }

    @Test("credentials that have ended are refused")
    func expiredCredentials() async throws {
        var signer = signer
        (signer.key, signer.secret) = ("ASIAOLD", "s")
        let (response, body) = try await gateway().respond(to: signer.json("Echo", "{}"))
        #expect(response.status == 400)
        #expect(body.contains("ExpiredTokenException"))
    }

    // MARK: - Presigned URLs

    @Test("a presigned URL is good until it expires", arguments: [(0, 200), (60, 200), (61, 403)])
    func presignedURL(age: Int, status: Int) async throws {
        var signer = signer
        (signer.service, signer.encodesPathOnce) = ("s3", true)
        signer.time = clock.now - .seconds(age)
        let url = WireRequest(
            method: .put, path: "/b/k", headers: [.hostName: "localhost:4566"],
            body: Body(text: "hello"))
        let (response, body) = try await gateway().respond(
            to: signer.presigned(url, expires: "60", payloadHash: "UNSIGNED-PAYLOAD"))
        #expect(response.status == status)
        if status == 200 { #expect(response.headers[HTTPField.Name("x-amz-size")!] == "5") }
        if status == 403 { #expect(body.contains("<Message>Request has expired</Message>")) }
    }

    @Test(
        "a presigned URL lives for a week at most",
        arguments: [
            ("604801", "less than a week"), ("-1", "non-negative"), ("soon", "should be a number"),
        ])
    func presignedLifetime(expires: String, message: String) async throws {
        var signer = signer
        (signer.service, signer.encodesPathOnce) = ("s3", true)
        let url = WireRequest(method: .put, path: "/b/k", headers: [.hostName: "localhost:4566"])
        let (response, body) = try await gateway().respond(
            to: signer.presigned(url, expires: expires, payloadHash: "UNSIGNED-PAYLOAD"))
        #expect(response.status == 400)
        #expect(body.contains("AuthorizationQueryParametersError") && body.contains(message))
    }

    // MARK: - Conventions of development

    @Test(
        "a key that nobody registered stands for an account in the development profile",
        arguments: [
            ("test", "test", 200, "000000000000"), ("test", "other", 400, ""),
            ("123456789012", "anything", 200, "123456789012"),
            ("AKIAIOSFODNN7EXAMPLE", "x", 200, "000000000000"),
        ])
    func developmentKeys(key: String, secret: String, status: Int, account: String) async throws {
        var signer = signer
        (signer.key, signer.secret) = (key, secret)
        let (response, body) = try await gateway().respond(
            to: signer.json("Echo", #"{"Text":"a"}"#))
        #expect(response.status == status)
        if status == 200 { #expect(body.contains(#""Principal":"arn:aws:iam::\#(account):root""#)) }
        let (refusal, _) = try await gateway(acceptsUnregistered: false).respond(
            to: signer.json("Echo", #"{"Text":"a"}"#))
        #expect(refusal.status == 400)
    }

    @Test("whoever does not sign reaches unsigned operations and buckets, and nothing else")
    func anonymous() async throws {
        let gateway = try gateway()
        var greet = signer.json("Greet", "{}")
        greet.headers[.authorization] = nil
        #expect(try await gateway.respond(to: greet).1.contains(#""Principal":"*""#))
        let put = WireRequest(
            method: .put, path: "/b/k", headers: [.hostName: "localhost:4566"],
            body: Body(text: "x"))
        #expect(
            try await gateway.respond(to: put).0.headers[HTTPField.Name("x-amz-principal")!] == "*")
    }
}

extension WireRequest {
    fileprivate mutating func replaceAuthorization(_ pattern: some RegexComponent, _ text: String) {
        headers[.authorization] = headers[.authorization]?.replacing(pattern, with: text)
    }
}
