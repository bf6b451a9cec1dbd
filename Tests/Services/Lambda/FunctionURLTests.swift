import HTTPTypes
import LambdaModel
import Platform
import Sandbox
import ServiceKit
import TestKit
import Testing
import Wire

@testable import Lambda

@Suite("Function URLs")
struct FunctionURLTests {
    /// Makes a function with a URL that everybody may use, and returns the URL's identifier.
    private func makeURL(
        _ test: LambdaCloud, open: Bool = true,
        _ change: (inout CreateFunctionUrlConfigRequest) -> Void = { _ in }
    ) async throws -> String {
        try await test.create()
        var request = CreateFunctionUrlConfigRequest(functionName: "orders", authType: "NONE")
        change(&request)
        let made = try await test.call(LambdaAPI.createFunctionUrlConfig, request)
        if open {
            try await test.call(
                LambdaAPI.addPermission,
                AddPermissionRequest(
                    functionName: "orders", statementId: "open",
                    action: "lambda:InvokeFunctionUrl", principal: "*",
                    functionUrlAuthType: "NONE"))
        }
        return String(made.functionUrl.dropFirst("http://".count).prefix { $0 != "." })
    }

    @Test("a URL is made, told, changed, listed and deleted")
    func lifecycle() async throws {
        let test = try await LambdaCloud()
        let id = try await makeURL(test) { $0.cors = Cors(allowOrigins: ["*"]) }
        #expect(id.utf8.count == 32)
        let found = try await test.call(
            LambdaAPI.getFunctionUrlConfig, GetFunctionUrlConfigRequest(functionName: "orders"))
        #expect(found.functionUrl == "http://\(id).lambda-url.us-east-1.localhost:4566/")
        #expect(found.cors?.allowOrigins == ["*"] && found.cors?.maxAge == nil)
        #expect(found.invokeMode == "BUFFERED" && found.authType == "NONE")
        let changed = try await test.call(
            LambdaAPI.updateFunctionUrlConfig,
            UpdateFunctionUrlConfigRequest(functionName: "orders", authType: "AWS_IAM"))
        #expect(changed.authType == "AWS_IAM" && changed.functionUrl == found.functionUrl)
        #expect(changed.cors?.allowOrigins == ["*"])
        let list = try await test.call(
            LambdaAPI.listFunctionUrlConfigs, ListFunctionUrlConfigsRequest(functionName: "orders"))
        #expect(list.functionUrlConfigs.map(\.functionUrl) == [found.functionUrl])
        try await test.call(
            LambdaAPI.deleteFunctionUrlConfig,
            DeleteFunctionUrlConfigRequest(functionName: "orders"))
        await expectError("ResourceNotFoundException", "The resource you requested does not exist.")
        {
            try await test.call(
                LambdaAPI.deleteFunctionUrlConfig,
                DeleteFunctionUrlConfigRequest(functionName: "orders"))
        }
    }

    @Test("a function has one URL, and a version none")
    func conflicts() async throws {
        let test = try await LambdaCloud()
        _ = try await makeURL(test)
        let request = CreateFunctionUrlConfigRequest(functionName: "orders", authType: "NONE")
        await expectError(
            "ResourceConflictException",
            "Failed to create function url config for [functionArn = arn:aws:lambda:us-east-1:"
                + "123456789012:function:orders]. Error message:  FunctionUrlConfig exists for "
                + "this Lambda function"
        ) { try await test.call(LambdaAPI.createFunctionUrlConfig, request) }
        for qualifier in ["$LATEST", "1"] {
            await expectError("ValidationException") {
                var request = request
                request.qualifier = qualifier
                try await test.call(LambdaAPI.createFunctionUrlConfig, request)
            }
        }
        await expectError("ResourceNotFoundException", "Function does not exist") {
            var request = request
            request.functionName = "nobody"
            try await test.call(LambdaAPI.createFunctionUrlConfig, request)
        }
    }

    @Test("a request becomes an event of format 2.0, and the answer a response")
    func request() async throws {
        let test = try await LambdaCloud()
        let id = try await makeURL(test)
        test.host.script { _, _ in
            .success(
                """
                {"statusCode":201,"headers":{"X-A":"1","x-n":2},"cookies":["a=1","b=2"],"body":"hi"}
                """)
        }
        let response = try await test.request(
            id, "POST", path: "/a%20b", query: "x=1&x=2&y=%C3%A9+z",
            headers: ["Content-Type": "application/json", "Cookie": "k=v; l=w"],
            body: #"{"a":1}"#)
        #expect(response.status == 201)
        #expect(response.headers[HTTPField.Name("X-A")!] == "1")
        #expect(response.headers[HTTPField.Name("x-n")!] == "2")
        #expect(response.headers[values: .setCookie] == ["a=1", "b=2"])
        #expect(try await response.body.text == "hi")

        let event = try Document(json: try #require(test.host.invocations.first).0.payload)
        #expect(event["version"] == "2.0" && event["routeKey"] == "$default")
        #expect(event["rawPath"] == "/a%20b" && event["rawQueryString"] == "x=1&x=2&y=%C3%A9+z")
        #expect(event["queryStringParameters"] == ["x": "1,2", "y": "é z"])
        #expect(event["cookies"] == ["k=v", "l=w"])
        #expect(event["headers"]?["content-type"] == "application/json")
        #expect(event["headers"]?["cookie"] == nil)
        #expect(event["body"] == #"{"a":1}"# && event["isBase64Encoded"] == false)
        let context = event["requestContext"]
        #expect(context?["accountId"] == "anonymous" && context?["apiId"] == .string(id))
        #expect(context?["domainPrefix"] == .string(id) && context?["stage"] == "$default")
        #expect(context?["http"]?["method"] == "POST" && context?["http"]?["path"] == "/a%20b")
        #expect(context?["time"] == "01/Jan/2026:00:00:00 +0000")
        #expect(context?["timeEpoch"] == 1_767_225_600_000)
    }

    @Test(
        "a body that is no text stands in the event in base64",
        arguments: [
            (nil, "a=1", "YT0x", true), ("application/x-www-form-urlencoded", "a=1", "YT0x", true),
            ("text/plain; charset=utf-8", "a=1", "a=1", false),
            ("application/problem+json", "{}", "{}", false),
        ] as [(String?, String, String, Bool)])
    func bodies(contentType: String?, body: String, expected: String, isBase64: Bool) async throws {
        let test = try await LambdaCloud()
        let id = try await makeURL(test)
        _ = try await test.request(
            id, "POST", headers: contentType.map { ["Content-Type": $0] } ?? [:], body: body)
        let event = try Document(json: try #require(test.host.invocations.first).0.payload)
        #expect(event["body"] == .string(expected))
        #expect(event["isBase64Encoded"] == .boolean(isBase64))
    }

    @Test(
        "an answer without a status is the body",
        arguments: [
            (#""plain""#, "plain"), (#"{"a": 1}"#, #"{"a": 1}"#), ("[1,2]", "[1,2]"), ("7", "7"),
        ])
    func inferred(answer: String, body: String) async throws {
        let test = try await LambdaCloud()
        let id = try await makeURL(test)
        test.host.script { _, _ in .success(answer) }
        let response = try await test.request(id)
        #expect(response.status == 200)
        #expect(response.headers[.contentType] == "application/json")
        #expect(try await response.body.text == body)
    }

    @Test("a body in base64 is decoded")
    func base64() throws {
        let answer = #"{"statusCode":"200","isBase64Encoded":true,"body":"AAH/"}"#
        let response = try #require(URLResponse(answer: Array(answer.utf8)))
        #expect(response.status == 200 && response.body == [0, 1, 255])
    }

    @Test(
        "an answer that is no response is a bad gateway",
        arguments: [
            #"{"statusCode":"no"}"#, #"{"statusCode":1000}"#, #"{"statusCode":20.5}"#,
            #"{"statusCode":200,"body":"*","isBase64Encoded":true}"#, "not JSON", "",
        ])
    func badAnswers(answer: String) async throws {
        let test = try await LambdaCloud()
        let id = try await makeURL(test)
        test.host.script { _, _ in .success(answer) }
        let response = try await test.request(id)
        #expect(response.status == 502)
        #expect(try await response.body.text == "Internal Server Error")
    }

    @Test("a function's error, and a host's, is a bad gateway; throttling is said")
    func errors() async throws {
        let test = try await LambdaCloud()
        let id = try await makeURL(test)
        test.host.script { _, _ in .failure("no") }
        #expect(try await test.request(id).status == 502)
        test.host.script { _, _ in throw FunctionHostError.sandboxFailed("x") }
        #expect(try await test.request(id).status == 502)
        test.host.script { _, _ in throw FunctionHostError.tooManyEnvironments }
        #expect(try await test.request(id).status == 429)
    }

    @Test("headers of an answer cannot break out of their line or steer the connection")
    func headers() throws {
        let answer = #"""
            {"statusCode":200,"headers":{"a":"x\r\nb: y","bad name":"x","Content-Length":"1","ok":"1"}}
            """#
        let response = try #require(URLResponse(answer: Array(answer.utf8)))
        #expect(response.headers.map(\.name.canonicalName).sorted() == ["content-type", "ok"])
    }

    @Test("an open URL needs its permission, a signed one a signature")
    func authorization() async throws {
        let test = try await LambdaCloud()
        let id = try await makeURL(test, open: false)
        let refused = try await test.request(id)
        #expect(refused.status == 403)
        #expect(try await refused.body.text.hasPrefix(#"{"Message":"Forbidden."#))
        try await test.call(
            LambdaAPI.updateFunctionUrlConfig,
            UpdateFunctionUrlConfigRequest(functionName: "orders", authType: "AWS_IAM"))
        #expect(try await test.request(id).status == 403)
        let user = Principal.user(account: TestCloud.account, path: "/", name: "u", id: "AIDA")
        #expect(try await test.request(id, as: user).status == 200)
        let event = try Document(json: try #require(test.host.invocations.last).0.payload)
        let iam = event["requestContext"]?["authorizer"]?["iam"]
        #expect(iam?["userArn"] == "arn:aws:iam::123456789012:user/u")
        #expect(event["requestContext"]?["accountId"] == "123456789012")
        #expect(try await test.request("nobody").status == 403)
    }

    @Test("a page of an allowed site may use the URL, another may not")
    func cors() async throws {
        let test = try await LambdaCloud()
        let id = try await makeURL(test) {
            $0.cors = Cors(
                allowCredentials: true, allowHeaders: ["x-a"], allowMethods: ["GET"],
                allowOrigins: ["https://a.example"], exposeHeaders: ["x-b"], maxAge: 60)
        }
        test.host.script { _, _ in
            .success(#"{"statusCode":200,"headers":{"access-control-allow-origin":"no"}}"#)
        }
        func preflight(_ origin: String, _ method: String) async throws -> HTTPFields {
            try await test.request(
                id, "OPTIONS",
                headers: ["Origin": origin, "Access-Control-Request-Method": method]
            ).headers
        }
        let allowed = try await preflight("https://a.example", "GET")
        #expect(allowed[.accessControlAllowOrigin] == "https://a.example")
        #expect(allowed[.accessControlAllowMethods] == "GET")
        #expect(allowed[.accessControlAllowHeaders] == "x-a")
        #expect(allowed[.accessControlAllowCredentials] == "true")
        #expect(allowed[.accessControlMaxAge] == "60")
        #expect(try await preflight("https://b.example", "GET").isEmpty)
        #expect(try await preflight("https://a.example", "PUT").isEmpty)
        #expect(test.host.invocations.isEmpty)
        let response = try await test.request(id, headers: ["Origin": "https://a.example"])
        #expect(response.headers[.accessControlAllowOrigin] == "https://a.example")
        #expect(response.headers[.accessControlExposeHeaders] == "x-b")
    }

    @Test("a streamed response begins with its metadata and flows on")
    func streaming() async throws {
        let test = try await LambdaCloud()
        let id = try await makeURL(test) { $0.invokeMode = "RESPONSE_STREAM" }
        test.host.script { invocation, _ in
            await invocation.onResponseStart?(ResponsePrelude.contentType)
            let head = #"{"statusCode":418,"headers":{"content-type":"text/plain"}}"#
            await invocation.onResponseChunk?(Array(head.utf8) + [0, 0, 0])
            await invocation.onResponseChunk?([0, 0, 0, 0, 0] + Array("one ".utf8))
            for _ in 0..<20 { await invocation.onResponseChunk?(Array("more ".utf8)) }
            return .success("")
        }
        let response = try await test.request(id)
        #expect(response.status == 418)
        #expect(response.headers[.contentType] == "text/plain")
        #expect(
            try await response.body.text == "one " + String(repeating: "more ", count: 20))
    }

    @Test("a streamed response without metadata is what the function says it is")
    func plainStreaming() async throws {
        let test = try await LambdaCloud()
        let id = try await makeURL(test) { $0.invokeMode = "RESPONSE_STREAM" }
        test.host.script { invocation, _ in
            await invocation.onResponseStart?("text/html")
            await invocation.onResponseChunk?(Array("{<p>".utf8))
            return .failure("too late")
        }
        let response = try await test.request(id)
        #expect(response.status == 200 && response.headers[.contentType] == "text/html")
        await #expect(throws: StreamedBody.Broken.self) { try await response.body.text }
    }

    @Test("a stream that fails before it begins is a bad gateway")
    func brokenStreaming() async throws {
        let test = try await LambdaCloud()
        let id = try await makeURL(test) { $0.invokeMode = "RESPONSE_STREAM" }
        test.host.script { _, _ in .failure("no") }
        #expect(try await test.request(id).status == 502)
        test.host.script { invocation, _ in
            await invocation.onResponseStart?(ResponsePrelude.contentType)
            await invocation.onResponseChunk?(Array("{".utf8))
            return .failure("no")
        }
        #expect(try await test.request(id).status == 502)
    }

    @Test("a prelude is found however its bytes are cut", arguments: 1...12)
    func prelude(size: Int) {
        let bytes = Array(#"{"a":1}"#.utf8) + [UInt8](repeating: 0, count: 8) + Array("\0b".utf8)
        var prelude = ResponsePrelude()
        var rest = bytes[...]
        while !rest.isEmpty {
            let chunk = Array(rest.prefix(size))
            rest = rest.dropFirst(size)
            guard case .complete(let metadata, let body) = prelude.add(chunk) else { continue }
            #expect(metadata == Array(#"{"a":1}"#.utf8))
            #expect(body + rest == Array("\0b".utf8))
            return
        }
        Issue.record("no prelude was found")
    }

    @Test("what has no separator where one must be is no prelude")
    func noPrelude() {
        var prelude = ResponsePrelude()
        #expect(prelude.add([0x7B, 0, 0, 1]) == .malformed)
        var endless = ResponsePrelude()
        #expect(endless.add([UInt8](repeating: 0x20, count: 70_000)) == .malformed)
    }
}
