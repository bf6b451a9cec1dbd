import HTTPTypes
import NIOCore
import Testing
import Wire

@testable import APIGatewayV2

@Suite("Answers of functions")
struct ProxyResponseTests {
    private func read(_ answer: String, _ format: String) async throws
        -> (status: Int, headers: HTTPFields, body: String)?
    {
        guard let response = ProxyResponse.read(Array(answer.utf8), payloadFormat: format) else {
            return nil
        }
        let body = try await response.body.collect(upTo: 1_000)
        return (response.status, response.headers, String(buffer: body))
    }

    @Test(
        "in format 2.0, what describes no response is the body of one",
        arguments: ["{\"a\":1}", "\"text\"", "[1,2]", "null", "17"])
    func plain(answer: String) async throws {
        let response = try #require(try await read(answer, "2.0"))
        #expect(response.status == 200)
        #expect(response.headers[.contentType] == "application/json")
        #expect(response.body == answer)
    }

    @Test("a response has a status, headers, cookies and a body")
    func format2() async throws {
        let response = try #require(
            try await read(
                """
                {"statusCode": 201, "headers": {"X-A": "1", "x-n": 5, "Content-Length": "9"},
                "cookies": ["a=1", "b=2; Secure"], "body": "made"}
                """, "2.0"))
        #expect(response.status == 201)
        #expect(response.headers[HTTPField.Name("x-a")!] == "1")
        #expect(response.headers[HTTPField.Name("x-n")!] == "5")
        #expect(response.headers[values: .setCookie] == ["a=1", "b=2; Secure"])
        #expect(response.headers[.contentLength] == nil)
        #expect(response.headers[.contentType] == "text/plain;charset=UTF-8")
        #expect(response.body == "made")
    }

    @Test("in format 1.0, lists of headers come before single ones")
    func format1() async throws {
        let response = try #require(
            try await read(
                """
                {"statusCode": "200", "headers": {"x-a": "1", "x-b": "2", "content-type": "text/html"},
                "multiValueHeaders": {"X-A": ["3", "4"]}, "isBase64Encoded": true, "body": "aGk="}
                """, "1.0"))
        #expect(response.headers[values: HTTPField.Name("x-a")!] == ["3", "4"])
        #expect(response.headers[HTTPField.Name("x-b")!] == "2")
        #expect(response.headers[.contentType] == "text/html")
        #expect(response.body == "hi")
    }

    @Test(
        "an answer that is no response is none",
        arguments: [
            ("1.0", "\"text\""), ("1.0", "{\"body\": \"x\"}"), ("2.0", "not json"), ("2.0", ""),
            ("2.0", "{\"statusCode\": \"abc\"}"), ("2.0", "{\"statusCode\": 99}"),
            ("2.0", "{\"statusCode\": 600}"), ("2.0", "{\"statusCode\": 200, \"body\": {}}"),
            ("2.0", "{\"statusCode\": 200, \"body\": \"?\", \"isBase64Encoded\": true}"),
            ("2.0", "{\"statusCode\": 200, \"headers\": {\"bad name\": \"x\"}}"),
            ("2.0", "{\"statusCode\": 200, \"headers\": {\"a\": {}}}"),
            ("2.0", "{\"statusCode\": 200, \"headers\": 5}"),
            ("1.0", "{\"statusCode\": 200, \"multiValueHeaders\": {\"a\": \"x\"}}"),
        ])
    func malformed(format: String, answer: String) async throws {
        #expect(try await read(answer, format) == nil)
    }
}
