import HTTPTypes
import NIOCore
import Testing

@testable import Wire

@Suite("restJson: members in path, query, headers and body")
struct RESTJSONCodecTests {
    private let codec = RESTJSONCodec()
    private let service = RESTSample.schema

    @Test(
        "method, path, query and required members name the operation",
        arguments: [
            (.put, "/items/a/parts/b", "PutPart"), (.get, "/items/a/parts/b/c/d", "GetPart"),
            (.get, "/items?list", "ListItems"),
            (.get, "/items?list=deep", "FindItems"), (.get, "/items?list=flat", "ListItems"),
            (.get, "/items", "GetItems"),
            (.get, "/items/", "GetItems"), (.get, "/items?other", "GetItems"),
            (.put, "/files/a", "PutFile"),
            (.put, "/files/a?uploadId=7", "UploadPart"), (.get, "/files/a?x-id=GetFile", "GetFile"),
            (.get, "/files/a/b/", "GetFile"),
            (.get, "/", "GetRoot"), (.get, "/items/special", "GetLiteral"),
            (.get, "/items/spe%63ial", "GetLiteral"),
            (.get, "/items/a%2Fb", "GetItem"), (.get, "/items/a/", "GetItem"),
            (.get, "/tail/a/b/end", "GetTail"),
        ] as [(HTTPRequest.Method, String, String)])
    func operation(method: HTTPRequest.Method, uri: String, name: String) throws {
        #expect(try codec.operation(for: request(method, uri), in: service).name == name)
    }

    @Test("a required header names the operation, too")
    func header() throws {
        let request = request(.put, "/files/a", headers: ["X-Source": "b"])
        #expect(try codec.operation(for: request, in: service).name == "CopyFile")
    }

    @Test(
        "what is no operation is refused",
        arguments: [
            (.get, "/nothing", "UnknownOperationException", 404),
            (.delete, "/items", "UnknownOperationException", 404),
            (.get, "/items//parts/x", "UnknownOperationException", 404),
            (.get, "/tail/end", "UnknownOperationException", 404),
            (.delete, "/items/a", "NotImplemented", 501),
            (.get, "/items?%zz", "SerializationException", 400),
        ] as [(HTTPRequest.Method, String, String, Int)])
    func refused(method: HTTPRequest.Method, uri: String, code: String, status: Int) {
        let error = #expect(throws: AWSError.self) {
            try codec.operation(for: request(method, uri), in: service)
        }
        #expect(error?.code == code)
        #expect(error?.status == status)
    }

    @Test("members are read from where they are bound, and the body has no say in them")
    func decode() throws {
        let input = try decode(
            request(
                .put, "/items/a%20b%2Fc/parts/x/y%20z?max=5&tag=a&tag=b+c&flag=true",
                headers: [
                    "X-Count": "7", "X-Names": "a, \"b,c\" ,\"d\\\"e\"", "X-Meta-one": "1",
                    "x-meta-Two": "2",
                    "X-Times": "Tue, 29 Apr 2014 18:30:38 GMT, Tue, 29 Apr 2014 18:30:39 GMT",
                    "X-Time": "Tue, 29 Apr 2014 18:30:38 GMT",
                ], body: #"{"text":"hello","item":"other","X-Count":9,"max":1}"#))
        #expect(
            input == [
                "Item": "a b/c", "Part": "x/y z", "Max": 5, "Tags": ["a", "b c"], "Flag": true,
                "Count": 7,
                "Names": ["a", "b,c", "d\"e"], "Meta": ["one": "1", "Two": "2"], "Text": "hello",
                "Time": 1398796238.0,
                "Times": [1398796238.0, 1398796239.0],
            ])
    }

    @Test("an empty body and empty parameters are no members")
    func empty() throws {
        let input = try decode(
            request(.put, "/items/a/parts/b?max=&flag=", headers: ["X-Count": ""]))
        #expect(input == ["Item": "a", "Part": "b"])
    }

    @Test(
        "members that are not what the model says are refused",
        arguments: [
            (
                "/items/a/parts/b?max=x", "", "SerializationException",
                "STRING_VALUE can not be converted to an Integer"
            ),
            (
                "/items/a/parts/b?flag=1", "", "SerializationException",
                "STRING_VALUE can not be converted to a Boolean"
            ),
            ("/items/%FF/parts/b", "", "SerializationException", "The path is malformed"),
            (
                "/items/a/parts/b", "{", "SerializationException",
                "Could not parse request body into json: Unexpected end of input"
            ),
            (
                "/items/a/parts/b?max=1001", "", "ValidationException",
                "1 validation error detected: Value '1001' at 'max' failed to satisfy constraint: "
                    + "Member must have value less than or equal to 1000"
            ),
        ])
    func malformed(uri: String, body: String, code: String, message: String) {
        let error = #expect(throws: AWSError.self) { try decode(request(.put, uri, body: body)) }
        #expect(error?.code == code)
        #expect(error?.message == message)
    }

    @Test("a streaming payload is the body as it came")
    func payload() throws {
        #expect(
            try decode(request(.put, "/files/a//b", body: "{not json")) == [
                "Key": "a//b", "Data": "{not json",
            ])
        #expect(try decode(request(.put, "/files/a")) == ["Key": "a", "Data": ""])
    }

    @Test("members are written to where they are bound")
    func encode() throws {
        let response = try encode(
            [
                "Status": 202, "Count": 7, "Names": ["a", "b,c", "d\"e"], "Meta": ["one": "1"],
                "Text": "hello", "Time": 1398796238,
            ],
            "PutPart")
        #expect(response.status == 202)
        #expect(response.text == #"{"text":"hello"}"#)
        #expect(
            fields(response) == [
                "Content-Type: application/json", "X-Count: 7", "X-Meta-one: 1",
                #"X-Names: a, "b,c", "d\"e""#,
                "X-Time: Tue, 29 Apr 2014 18:30:38 GMT", "x-amzn-RequestId: id-1",
            ])
    }

    @Test(
        "a body is written where the output has one",
        arguments: [
            ("PutPart", [:], 201, "{}", "application/json"), ("ListItems", [:], 204, "", nil),
            ("PutFile", ["Part": ["Text": "x"]], 200, #"{"Text":"x"}"#, "application/json"),
            ("PutFile", ["Key": "k"], 200, "", nil),
            ("GetFile", ["Data": "raw"], 200, "raw", "application/octet-stream"),
            ("GetFile", ["Data": "raw", "Kind": "text/html"], 200, "raw", "text/html"),
        ] as [(String, Document, Int, String, String?)])
    func bodies(operation: String, output: Document, status: Int, body: String, type: String?)
        throws
    {
        let response = try encode(output, operation)
        #expect(response.status == status)
        #expect(response.text == body)
        #expect(response.headers[.contentType] == type)
    }

    @Test("an error has its code in a header, and its members where they are bound")
    func error() {
        let error = AWSError(
            "TooBusy", "Slow down", status: 429, fields: ["Type": "User", "Retry-After": "3"],
            messageKey: "Message")
        let response = codec.encode(error, of: nil, in: service, requestID: "id-1")
        #expect(response.status == 429)
        #expect(response.text == #"{"Message":"Slow down","Type":"User"}"#)
        #expect(
            fields(response) == [
                "Content-Type: application/json", "Retry-After: 3", "x-amzn-ErrorType: TooBusy",
                "x-amzn-RequestId: id-1",
            ])
    }

    // MARK: - Support

    private func request(
        _ method: HTTPRequest.Method, _ uri: String, headers: [String: String] = [:],
        body: String = ""
    ) -> WireRequest {
        let parts = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var fields: HTTPFields = [:]
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            HTTPField.Name(name).map { fields[$0] = value }
        }
        return WireRequest(
            method: method, path: String(parts[0]), query: parts.count == 2 ? String(parts[1]) : "",
            headers: fields, body: Body(text: body))
    }

    private func decode(_ request: WireRequest) throws -> Document {
        let operation = try codec.operation(for: request, in: service)
        return try AnyStructure.with(service, operation.input) {
            try codec.decode(AnyStructure.self, of: operation, in: service, from: request).document
        }
    }

    private func encode(_ output: Document, _ name: String) throws -> WireResponse {
        let operation = try #require(try service.operation(named: name))
        guard operation.output != nil else {
            return codec.encode(EmptyStructure(), of: operation, in: service, requestID: "id-1")
        }
        return AnyStructure.with(service, operation.output) {
            codec.encode(AnyStructure(output), of: operation, in: service, requestID: "id-1")
        }
    }

    private func fields(_ response: WireResponse) -> [String] {
        response.headers.map { "\($0.name.rawName): \($0.value)" }.sorted()
    }
}
