import HTTPTypes
import Testing

@testable import Wire

@Suite("awsQuery: forms in, XML out")
struct AWSQueryCodecTests {
    private let codec = AWSQueryCodec()
    private let service = SampleService.schema

    @Test(
        "the parameters Action and Version name the operation, in the query or in the body",
        arguments: [
            ("", "Action=Do&Version=2020-01-08"), ("Action=Do&Version=2020-01-08", ""),
            ("Action=Other&Version=2020-01-08&X-Amz-Date=x", "Action=Do"),
            ("", "x=y&Version=2020%2D01%2D08&Action=Do"),
        ])
    func operation(query: String, body: String) throws {
        #expect(try codec.operation(for: request(body, query: query), in: service).name == "Do")
    }

    @Test(
        "an operation that cannot be called is refused as AWS refuses it",
        arguments: [
            ("", "MissingAction", 400, "The request is missing an action or a required parameter."),
            (
                "Action=&Version=2020-01-08", "MissingAction", 400,
                "The request is missing an action or a required parameter."
            ),
            (
                "Action=Undo&Version=2020-01-08", "InvalidAction", 400,
                "Could not find operation Undo for version 2020-01-08"
            ),
            (
                "Action=Do&Version=1999-01-01", "InvalidAction", 400,
                "Could not find operation Do for version 1999-01-01"
            ),
            (
                "Action=Do", "InvalidAction", 400,
                "Could not find operation Do for version NO_VERSION_SPECIFIED"
            ),
            (
                "Action=Later&Version=2020-01-08", "NotImplemented", 501,
                "Later of Samples is not served by Apus."
            ),
        ])
    func refused(body: String, code: String, status: Int, message: String) {
        let error = #expect(throws: AWSError.self) {
            try codec.operation(for: request(body), in: service)
        }
        #expect(error?.code == code)
        #expect(error?.status == status)
        #expect(error?.message == message)
    }

    @Test("every kind of member is read")
    func decode() throws {
        let form = """
            Action=Do&Version=2020-01-08&Name=n%26%3Ca%3Eme&Count=-7&Ratio=1.5&Flag=true&Data=AP8Q\
            &Time=2015-01-25T08%3A00%3A00Z&Tags.member.1=a&Tags.member.3=c&Tags.member.2=&Item.2=y&Item.1=x\
            &Attributes.entry.1.key=k1&Attributes.entry.1.value=v1&Attributes.entry.2.key=k2&Attributes.entry.2.value=\
            &Pair.1.key=f&Pair.1.value=g&Children.member.1.Name=child&Children.member.1.Children.member.1.Name=grandchild\
            &Children.member.2.Name=other&Big=9223372036854775807&Unknown.1=z
            """
        #expect(try decode(form) == .full)
    }

    @Test("a parameter without text is an empty list or map")
    func empty() throws {
        let sample = try decode("Name=&Tags=&Flat=&Attributes=")
        #expect(sample == Sample("") { ($0.tags, $0.flat, $0.attributes) = ([], [], [:]) })
    }

    @Test(
        "parameters that are not what the model says are malformed input",
        arguments: [
            "Count=x", "Count=", "Count=2147483648", "Count=1.5", "Ratio=0x1", "Flag=maybe",
            "Data=%2A", "Time=yesterday",
            "Tags=x", "Tags.member.x=1", "Tags.member.1.y=1", "Attributes.entry.1.value=v",
            "Name.x=1",
            "Children.member.1=text", "Big=9223372036854775808",
        ])
    func malformed(parameter: String) {
        let error = #expect(throws: AWSError.self) { try decode("Name=n&\(parameter)") }
        #expect(error?.code == "MalformedInput")
    }

    @Test("violated constraints are one ValidationError")
    func validation() {
        let error = #expect(throws: AWSError.self) { try decode("Children.member.1.Count=1") }
        #expect(error?.code == "ValidationError")
        #expect(error?.message.hasPrefix("2 validation errors detected: ") == true)
    }

    @Test("a result stands in its wrapper, with the metadata after it")
    func encode() throws {
        let response = codec.encode(
            Sample.full, of: service.operations[0], in: service, requestID: "id-1")
        #expect(response.status == 200)
        #expect(response.headers[.contentType] == "text/xml")
        #expect(
            response.text == """
                <DoResponse xmlns="https://samples.example.com/"><DoResult><Name>n&amp;&lt;a&gt;me</Name><Count>-7</Count>\
                <Ratio>1.5</Ratio><Flag>true</Flag><Data>AP8Q</Data><Time>2015-01-25T08:00:00Z</Time>\
                <Tags><member>a</member><member></member><member>c</member></Tags><Item>x</Item><Item>y</Item>\
                <Attributes><entry><key>k1</key><value>v1</value></entry><entry><key>k2</key><value></value></entry></Attributes>\
                <Pair><key>f</key><value>g</value></Pair>\
                <Children><member><Name>child</Name><Children><member><Name>grandchild</Name></member></Children></member>\
                <member><Name>other</Name></member></Children><Big>9223372036854775807</Big></DoResult>\
                <ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></DoResponse>
                """)
    }

    @Test("an operation without a result answers the metadata alone")
    func encodeNothing() {
        let response = codec.encode(
            EmptyStructure(), of: service.operations[1], in: service, requestID: "id-1")
        #expect(
            response.text == """
                <StopResponse xmlns="https://samples.example.com/">\
                <ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></StopResponse>
                """)
    }

    @Test("an error says who is at fault, and its fields")
    func encodeError() {
        let error = AWSError(
            "NoSuchThing", "There is no \"x\"", status: 404, queryCode: "Old.NoSuchThing",
            fields: ["Reason": "gone", "Codes": [1, 2]])
        let response = codec.encode(error, of: nil, in: service, requestID: "id-1")
        #expect(response.status == 404)
        #expect(
            response.text == """
                <ErrorResponse xmlns="https://samples.example.com/"><Error><Type>Sender</Type>\
                <Code>Old.NoSuchThing</Code><Message>There is no &quot;x&quot;</Message>\
                <Codes><member>1</member><member>2</member></Codes><Reason>gone</Reason></Error>\
                <RequestId>id-1</RequestId></ErrorResponse>
                """)
    }

    private func decode(_ form: String) throws -> Sample {
        try codec.decode(Sample.self, of: service.operations[0], in: service, from: request(form))
    }

    private func request(_ body: String, query: String = "") -> WireRequest {
        WireRequest(method: .post, path: "/", query: query, body: Body(text: body))
    }
}
