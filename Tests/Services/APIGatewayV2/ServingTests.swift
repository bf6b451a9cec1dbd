import APIGatewayV2Model
import HTTPTypes
import Platform
import ServiceKit
import Testing
import TestKit
import Wire

@testable import APIGatewayV2

@Suite("HTTP APIs: serving")
struct ServingTests {
    @Test("a function gets the event in format 2.0")
    func format2() async throws {
        let apis = try await APICloud()
        let id = try await apis.makeAPI(
            routes: ["POST /pets/{id}"], stage: "dev", variables: ["color": "red"])
        var headers: HTTPFields = [
            .contentType: "application/json", .cookie: "a=1; b=2", .userAgent: "curl/8",
        ]
        headers.append(HTTPField(name: HTTPField.Name("X-Multi")!, value: "1"))
        headers.append(HTTPField(name: HTTPField.Name("x-multi")!, value: "2"))
        _ = try await apis.send(
            .post, "/dev/pets/a%20b?q=1&q=2&e=%C3%A4+x&empty=", to: id, headers: headers,
            body: "{\"n\":1}")
        let event = apis.event
        #expect(event["version"] == "2.0")
        #expect(event["routeKey"] == "POST /pets/{id}")
        #expect(event["rawPath"] == "/dev/pets/a%20b")
        #expect(event["rawQueryString"] == "q=1&q=2&e=%C3%A4+x&empty=")
        #expect(event["cookies"] == ["a=1", "b=2"])
        #expect(event["headers"]?["x-multi"] == "1,2")
        #expect(event["headers"]?["cookie"] == nil)
        #expect(event["headers"]?["x-forwarded-for"] == "127.0.0.1")
        #expect(event["headers"]?["x-forwarded-port"] == "4566")
        #expect(
            event["headers"]?["x-amzn-trace-id"] == "Root=1-69569200-000000000000000000000001")
        #expect(event["queryStringParameters"] == ["q": "1,2", "e": "ä x", "empty": ""])
        #expect(event["pathParameters"] == ["id": "a b"])
        #expect(event["stageVariables"] == ["color": "red"])
        #expect(event["body"] == "{\"n\":1}")
        #expect(event["isBase64Encoded"] == false)
        let context = event["requestContext"]
        #expect(context?["accountId"] == "123456789012")
        #expect(context?["apiId"] == .string(id))
        #expect(context?["domainName"] == .string("\(id).execute-api.us-east-1.localhost"))
        #expect(context?["domainPrefix"] == .string(id))
        #expect(context?["stage"] == "dev")
        #expect(context?["routeKey"] == "POST /pets/{id}")
        #expect(context?["time"] == "01/Jan/2026:00:00:00 +0000")
        #expect(context?["timeEpoch"] == 1_767_225_600_000)
        #expect(context?["http"]?["method"] == "POST")
        #expect(context?["http"]?["path"] == "/dev/pets/a%20b")
        #expect(context?["http"]?["protocol"] == "HTTP/1.1")
        #expect(context?["http"]?["sourceIp"] == "127.0.0.1")
        #expect(context?["authorizer"] == nil)
    }

    @Test("a function gets the event in format 1.0")
    func format1() async throws {
        let apis = try await APICloud()
        let id = try await apis.makeAPI(routes: ["GET /pets/{id}"], payloadFormat: "1.0")
        var headers: HTTPFields = [:]
        headers.append(HTTPField(name: HTTPField.Name("X-Multi")!, value: "1"))
        headers.append(HTTPField(name: HTTPField.Name("X-Multi")!, value: "2"))
        _ = try await apis.send(.get, "/pets/7?q=1&q=2", to: id, headers: headers)
        let event = apis.event
        #expect(event["version"] == "1.0")
        #expect(event["resource"] == "/pets/{id}")
        #expect(event["path"] == "/pets/7")
        #expect(event["httpMethod"] == "GET")
        #expect(event["headers"]?["X-Multi"] == "2")
        #expect(event["multiValueHeaders"]?["X-Multi"] == ["1", "2"])
        #expect(event["queryStringParameters"] == ["q": "2"])
        #expect(event["multiValueQueryStringParameters"] == ["q": ["1", "2"]])
        #expect(event["pathParameters"] == ["id": "7"])
        #expect(event["stageVariables"] == .null)
        #expect(event["body"] == .null)
        #expect(event["isBase64Encoded"] == false)
        let context = event["requestContext"]
        #expect(context?["requestTime"] == "01/Jan/2026:00:00:00 +0000")
        #expect(context?["requestTimeEpoch"] == 1_767_225_600_000)
        #expect(context?["resourceId"] == "GET /pets/{id}")
        #expect(context?["resourcePath"] == "/pets/{id}")
        #expect(context?["identity"]?["sourceIp"] == "127.0.0.1")
        #expect(context?["identity"]?["user"] == .null)
        #expect(context?["stage"] == "$default")
    }

    @Test("bodies that are no text stand in the event in base64")
    func binaryBodies() async throws {
        let apis = try await APICloud()
        let id = try await apis.makeAPI(routes: ["$default"])
        for (type, isText) in [
            ("application/octet-stream", false), ("application/x-www-form-urlencoded", false),
            ("image/png", false), ("text/plain; charset=utf-8", true),
            ("application/vnd.api+json", true),
        ] {
            _ = try await apis.send(
                .post, "/", to: id, headers: [.contentType: type], body: "hi")
            #expect(apis.event["isBase64Encoded"] == .boolean(!isText), "\(type)")
            #expect(apis.event["body"] == (isText ? "hi" : "aGk="), "\(type)")
        }
    }

    @Test("the function is invoked by API Gateway for the route, or with the integration's role")
    func invocation() async throws {
        let apis = try await APICloud()
        let id = try await apis.makeAPI(
            routes: ["ANY /a/{p+}"], variables: ["name": "g"],
            uri: "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                + "arn:aws:lambda:us-east-1:123456789012:function:${stageVariables.name}/invocations"
        )
        let answer = try await apis.send(.put, "/a/b/c", to: id)
        #expect(answer.status == 200)
        #expect(answer.headers[HTTPField.Name("apigw-requestid")!]?.utf8.count == 16)
        let call = try #require(apis.lambda.calls.last)
        #expect(call.function == "arn:aws:lambda:us-east-1:123456789012:function:g")
        #expect(call.context.principal == .service("apigateway.amazonaws.com"))
        #expect(
            call.context.sourceARN?.description
                == "arn:aws:execute-api:us-east-1:123456789012:\(id)/$default/*/a/{p+}")
        #expect(
            call.event["requestContext"]?["requestId"]?.stringValue
                == answer.headers[HTTPField.Name("apigw-requestid")!])
        let made = try await apis.call(
            APIGatewayV2API.createApi,
            CreateApiRequest(
                credentialsArn: "arn:aws:iam::123456789012:role/service/gateway", name: "r",
                protocolType: "HTTP", routeKey: "GET /r", target: APICloud.function))
        #expect(try await apis.send(.get, "/r", to: made.apiId ?? "").status == 200)
        guard
            case .assumedRole("123456789012", "gateway", _, _) =
                apis.lambda.calls.last?.context.principal
        else {
            Issue.record("the role was not used")
            return
        }
    }

    @Test("what goes wrong has AWS's status and message")
    func failures() async throws {
        let apis = try await APICloud()
        let id = try await apis.makeAPI(routes: ["GET /a", "POST /a"])
        let (notFound, failed) = (
            "{\"message\":\"Not Found\"}", "{\"message\":\"Internal Server Error\"}"
        )
        let missing = try await apis.send(.get, "/b", to: id)
        #expect((missing.status, missing.body) == (404, notFound))
        #expect(missing.headers[.contentType] == "application/json")
        #expect(try await apis.send(.get, "/a", to: "nothere").status == 404)
        #expect(try await apis.send(.get, "/a", to: id, stage: "dev").status == 404)
        for behaviour in [
            StandInLambda.Behaviour.fail("{}"), .answer("{\"statusCode\":\"x\"}"), .answer("no"),
            .refuse(AWSError("ResourceNotFoundException", "", status: 404)),
            .refuse(AWSError("AccessDeniedException", "", status: 403)),
        ] {
            apis.lambda.will(behaviour)
            let answer = try await apis.send(.get, "/a", to: id)
            #expect((answer.status, answer.body) == (500, failed))
        }
        let large = try await apis.send(
            .post, "/a", to: id, body: String(repeating: "x", count: 10 * 1024 * 1024 + 1))
        #expect(large.status == 413)
        #expect(large.body == "{\"message\":\"Request Entity Too Large\"}")
    }

    @Test("a function that takes too long is given up")
    func timeout() async throws {
        let apis = try await APICloud()
        let id = try await apis.makeAPI(routes: ["GET /a"])
        apis.lambda.will(.wait(.seconds(60)))
        async let answer = apis.send(.get, "/a", to: id)
        await apis.cloud.clock.waitForSleepers(2)
        apis.cloud.clock.advance(by: .seconds(31))
        let given = try await answer
        #expect(given.status == 503)
        #expect(given.body == "{\"message\":\"Service Unavailable\"}")
    }

    @Test("a stage is named by the path, by the path form, or is $default")
    func stages() async throws {
        let apis = try await APICloud()
        let id = try await apis.makeAPI(routes: ["GET /", "GET /dev"])
        let dev = try await apis.makeAPI(routes: ["GET /", "GET /x"], stage: "dev")
        #expect(try await apis.send(.get, "/dev", to: id).status == 200)
        #expect(apis.event["rawPath"] == "/dev")
        #expect(try await apis.send(.get, "/dev", to: dev).status == 200)
        #expect(apis.event["rawPath"] == "/dev/")
        #expect(try await apis.send(.get, "/x", to: dev, stage: "dev").status == 200)
        #expect(apis.event["rawPath"] == "/dev/x")
        #expect(try await apis.send(.get, "/x", to: dev).status == 404)
    }

    @Test("the API answers preflight requests and sets the headers for other origins")
    func cors() async throws {
        let apis = try await APICloud()
        let id = try await apis.makeAPI(
            routes: ["ANY /a"],
            cors: Cors(
                allowCredentials: true, allowHeaders: ["x-a", "x-b"], allowMethods: ["GET", "PUT"],
                allowOrigins: ["https://good.example"], exposeHeaders: ["x-c"], maxAge: 60))
        let request: HTTPFields = [
            .origin: "https://good.example", .accessControlRequestMethod: "PUT",
        ]
        let preflight = try await apis.send(.options, "/a", to: id, headers: request)
        #expect(preflight.status == 204)
        #expect(preflight.headers[.accessControlAllowOrigin] == "https://good.example")
        #expect(preflight.headers[.accessControlAllowMethods] == "GET,PUT")
        #expect(preflight.headers[.accessControlAllowHeaders] == "x-a,x-b")
        #expect(preflight.headers[.accessControlAllowCredentials] == "true")
        #expect(preflight.headers[.accessControlMaxAge] == "60")
        #expect(apis.lambda.calls.isEmpty)
        let bad = try await apis.send(
            .options, "/a", to: id,
            headers: [.origin: "https://bad.example", .accessControlRequestMethod: "PUT"])
        #expect(bad.status == 204)
        #expect(bad.headers[.accessControlAllowOrigin] == nil)
        apis.lambda.will(
            .answer("{\"statusCode\":200,\"headers\":{\"access-control-allow-origin\":\"*\"}}"))
        let answer = try await apis.send(
            .get, "/a", to: id, headers: [.origin: "https://good.example"])
        #expect(answer.headers[values: .accessControlAllowOrigin] == ["https://good.example"])
        #expect(answer.headers[.accessControlExposeHeaders] == "x-c")
        _ = try await apis.call(
            APIGatewayV2API.deleteCorsConfiguration, DeleteCorsConfigurationRequest(apiId: id))
        #expect(
            try await apis.send(.get, "/a", to: id, headers: [.origin: "https://good.example"])
                .headers[.accessControlAllowOrigin] == "*")
    }

    @Test("a route that wants signatures refuses who did not sign")
    func signatures() async throws {
        let apis = try await APICloud()
        let id = try await apis.makeAPI(routes: ["GET /a"])
        let route = try await apis.call(APIGatewayV2API.getRoutes, GetRoutesRequest(apiId: id))
            .items?.first?.routeId
        _ = try await apis.call(
            APIGatewayV2API.updateRoute,
            UpdateRouteRequest(apiId: id, authorizationType: "AWS_IAM", routeId: route ?? ""))
        let refused = try await apis.send(.get, "/a", to: id)
        #expect((refused.status, refused.body) == (403, "{\"message\":\"Forbidden\"}"))
        let passed = try await apis.send(
            .get, "/a", to: id, as: .root(account: TestCloud.account))
        #expect(passed.status == 200)
        #expect(
            apis.event["requestContext"]?["authorizer"]?["iam"]?["userArn"]
                == "arn:aws:iam::123456789012:root")
    }
}
