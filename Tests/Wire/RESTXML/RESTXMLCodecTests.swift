import HTTPTypes
import Testing

@testable import Wire

@Suite("restXml: method and path, headers and XML")
struct RESTXMLCodecTests {
    private let codec = RESTXMLCodec()
    private let service = BucketService.schema

    private static let policy = BucketPolicy(
        owner: "me",
        grantees: [
            BucketGrantee(id: "1", type: "CanonicalUser"), BucketGrantee(id: nil, type: "Group"),
        ])

    @Test(
        "method, path and query name the operation",
        arguments: [
            ("PUT", "/b", "acl", "PutAcl"), ("GET", "/b", "acl", "GetAcl"),
            ("GET", "/b", "location", "GetLocation"),
        ])
    func operation(method: String, path: String, query: String, name: String) throws {
        let request = WireRequest(
            method: try #require(HTTPRequest.Method(method)), path: path, query: query)
        #expect(try codec.operation(for: request, in: service).name == name)
    }

    @Test(
        "a request that is for no operation is refused",
        arguments: [
            ("POST", "", "MethodNotAllowed", 405), ("DELETE", "cors", "NotImplemented", 501),
        ])
    func refused(method: String, query: String, code: String, status: Int) throws {
        let request = WireRequest(
            method: try #require(HTTPRequest.Method(method)), path: "/b", query: query)
        let error = #expect(throws: AWSError.self) {
            try codec.operation(for: request, in: service)
        }
        #expect(error?.code == code)
        #expect(error?.status == status)
    }

    @Test("path, headers and the payload's element are read")
    func decode() throws {
        let body = """
            <?xml version="1.0" encoding="UTF-8"?><AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
            <Owner>me</Owner><Grants><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser">
            <ID>1</ID></Grantee><Grantee xmlns:x="http://www.w3.org/2001/XMLSchema-instance" x:type="Group"/></Grants>
            </AccessControlPolicy>
            """
        let input = try decode(body)
        #expect(input == BucketAclInput(bucket: "b u", expectedOwner: "you", policy: Self.policy))
    }

    @Test("without a body there is no payload")
    func decodeNothing() throws {
        #expect(try decode("") == BucketAclInput(bucket: "b u", expectedOwner: "you", policy: nil))
    }

    @Test(
        "a body that is not the payload is malformed",
        arguments: [
            "x", "<Other/>", "<AccessControlPolicy>",
            "<AccessControlPolicy><Owner><a/></Owner></AccessControlPolicy>",
        ])
    func malformed(body: String) {
        let error = #expect(throws: AWSError.self) { try decode(body) }
        #expect(error?.code == "MalformedXML")
        #expect(error?.status == 400)
    }

    @Test("an output is an element in the service's namespace, attributes and all")
    func encode() {
        let response = codec.encode(
            Self.policy, of: service.operations[1], in: service, requestID: "id-1")
        #expect(response.headers[.contentType] == "application/xml")
        #expect(response.headers[.amzRequestID] == "id-1")
        #expect(
            response.text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner>me</Owner><Grants>\
                <Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>1</ID></Grantee>\
                <Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group"/></Grants></AccessControlPolicy>
                """)
    }

    @Test("an unwrapped output is the element of its member")
    func encodeUnwrapped() {
        let response = codec.encode(
            BucketLocation(location: "eu-west-1"), of: service.operations[2], in: service,
            requestID: "id-1")
        #expect(
            response.text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">eu-west-1</LocationConstraint>
                """)
    }

    @Test("an operation without an output answers nothing")
    func encodeNothing() {
        let response = codec.encode(
            EmptyStructure(), of: service.operations[0], in: service, requestID: "id-1")
        #expect(response.bytes.isEmpty)
        #expect(response.headers[.contentType] == nil)
    }

    @Test("an error of S3 has the form of S3")
    func encodeError() {
        let error = AWSError(
            "NoSuchBucket", "The specified bucket does not exist", status: 404,
            fields: ["BucketName": "b"])
        let response = codec.encode(error, of: nil, in: service, requestID: "id-1")
        #expect(response.status == 404)
        #expect(
            response.text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message>\
                <BucketName>b</BucketName><RequestId>id-1</RequestId><HostId>aWQtMQ==</HostId></Error>
                """)
    }

    @Test("an error of any other service stands in an ErrorResponse")
    func encodeOtherError() {
        let service = BucketService.schema(endpointPrefix: "route53")
        let error = AWSError("InvalidInput", "No", fault: .client)
        let response = codec.encode(error, of: nil, in: service, requestID: "id-1")
        #expect(response.headers[.amznRequestID] == "id-1")
        #expect(
            response.text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <ErrorResponse xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Error><Type>Sender</Type>\
                <Code>InvalidInput</Code><Message>No</Message></Error><RequestId>id-1</RequestId></ErrorResponse>
                """)
    }

    @Test("an error has no body where HTTP allows none", arguments: [(3, 404), (1, 304)])
    func encodeErrorWithoutBody(operation: Int, status: Int) {
        let error = AWSError("NoSuchBucket", "No", status: status)
        let response = codec.encode(
            error, of: service.operations[operation], in: service, requestID: "id-1")
        #expect(response.status == status)
        #expect(response.bytes.isEmpty)
    }

    private func decode(_ body: String) throws -> BucketAclInput {
        let request = WireRequest(
            method: .put, path: "/b%20u", query: "acl",
            headers: [HTTPField.Name("x-amz-expected-bucket-owner")!: "you"], body: Body(text: body)
        )
        return try codec.decode(
            BucketAclInput.self, of: service.operations[0], in: service, from: request)
    }
}
