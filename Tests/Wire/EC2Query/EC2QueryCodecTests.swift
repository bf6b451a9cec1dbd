import HTTPTypes
import Platform
import Testing

@testable import Wire

@Suite("ec2Query: flat forms in, XML out")
struct EC2QueryCodecTests {
    private let codec = EC2QueryCodec()
    private let service = SampleService.schema

    @Test("lists are flat, whatever the model says")
    func decode() throws {
        let form = "Name=n&Tags.1=a&Tags.2=b&Children.1.Name=c&Children.1.Tags.1=d"
        let request = WireRequest(method: .post, path: "/", body: Body(text: form))
        let sample = try codec.decode(
            Sample.self, of: service.operations[0], in: service, from: request)
        #expect(
            sample
                == Sample("n") {
                    $0.tags = ["a", "b"]
                    $0.children = [Sample("c") { $0.tags = ["d"] }]
                })
    }

    @Test("a result stands in the response itself, after the request's identifier")
    func encode() {
        let sample = Sample("n") { $0.time = Instant(milliseconds: 0) }
        let response = codec.encode(
            sample, of: service.operations[0], in: service, requestID: "id-1")
        #expect(response.headers[.contentType] == "text/xml;charset=UTF-8")
        #expect(
            response.text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <DoResponse xmlns="https://samples.example.com/"><requestId>id-1</requestId>\
                <Name>n</Name><Time>1970-01-01T00:00:00.000Z</Time></DoResponse>
                """)
    }

    @Test("an error has EC2's own form")
    func encodeError() {
        let error = AWSError("InvalidInstanceID.NotFound", "There is no <i-1>")
        let response = codec.encode(error, of: nil, in: service, requestID: "id-1")
        #expect(response.status == 400)
        #expect(
            response.text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <Response><Errors><Error><Code>InvalidInstanceID.NotFound</Code>\
                <Message>There is no &lt;i-1&gt;</Message></Error></Errors><RequestID>id-1</RequestID></Response>
                """)
    }
}
