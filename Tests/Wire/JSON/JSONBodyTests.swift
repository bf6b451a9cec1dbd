import Platform
import Testing

@testable import Wire

@Suite("structures as JSON")
struct JSONBodyTests {
    private static let fullText = #"""
        {"Name":"n&<a>me","Count":-7,"Ratio":1.5,"Flag":true,"Data":"AP8Q","Time":1422172800,"Tags":["a","","c"],\#
        "Flat":["x","y"],"Attributes":{"k1":"v1","k2":""},"Pair":{"f":"g"},"Children":[{"Name":"child","Children":\#
        [{"Name":"grandchild"}]},{"Name":"other"}],"Big":9223372036854775807}
        """#

    private func read(_ text: String) throws -> Sample {
        try ShapeReader(
            JSONReader(Array(text.utf8)), in: SampleService.schema, validation: .validationException
        ).message()
    }

    @Test("every kind of member is read and written")
    func everyKind() throws {
        #expect(try read(Self.fullText) == .full)
        let json = JSONWriter()
        Sample.full.write(to: ShapeWriter(json, in: SampleService.schema, bindsHTTP: false))
        #expect(String(decoding: json.bytes, as: UTF8.self) == Self.fullText)
    }

    @Test(
        "null members and unknown members are passed over, and of a key that comes twice the last counts"
    )
    func passedOver() throws {
        let sample = try read(
            #"{"Count":null,"Other":{"a":[1,{"b":"}"}]},"Name":"a","Name":"b","Tags":null,"Attributes":{"k":null}}"#
        )
        #expect(sample == Sample("b") { $0.attributes = [:] })
    }

    @Test(
        "a value of the wrong type is a SerializationException",
        arguments: [
            (#"{"Name":1}"#, "NUMBER_VALUE can not be converted to a String"),
            (#"{"Name":true}"#, "TRUE_VALUE can not be converted to a String"),
            (#"{"Name":{}}"#, "Start of structure or map found where not expected."),
            (#"{"Name":[]}"#, "Start of list found where not expected"),
            (#"{"Count":"1"}"#, "STRING_VALUE can not be converted to an Integer"),
            (#"{"Count":2147483648}"#, "NUMBER_VALUE can not be converted to an Integer"),
            (#"{"Count":1.5}"#, "NUMBER_VALUE can not be converted to an Integer"),
            (#"{"Big":9223372036854775808}"#, "NUMBER_VALUE can not be converted to a Long"),
            (#"{"Ratio":"1.5"}"#, "STRING_VALUE can not be converted to a Double"),
            (#"{"Ratio":1e999}"#, "NUMBER_VALUE can not be converted to a Double"),
            (#"{"Flag":"true"}"#, "STRING_VALUE can not be converted to a Boolean"),
            (#"{"Time":"soon"}"#, "STRING_VALUE can not be converted to a Timestamp"),
            (#"{"Time":1e300}"#, "NUMBER_VALUE can not be converted to a Timestamp"),
            (#"{"Data":"*"}"#, "STRING_VALUE can not be converted to a Blob: invalid base64"),
            (#"{"Tags":"x"}"#, "Unexpected value type in payload"),
            (#"{"Tags":{}}"#, "Unexpected value type in payload"),
            (#"{"Attributes":[]}"#, "Unexpected value type in payload"),
            ("[]", "Unexpected value type in payload"),
            ("\"x\"", "Unexpected value type in payload"),
            ("{", "Could not parse request body into json: Unexpected end of input"),
            (
                #"{"Name":"x"} x"#,
                "Could not parse request body into json: Unexpected character 'x' (code 120) at offset 13"
            ),
        ])
    func wrong(text: String, message: String) {
        let error = #expect(throws: AWSError.self) { try read(text) }
        #expect(error?.code == "SerializationException")
        #expect(error?.message == message)
    }

    @Test("structures nest as deep as the limit, and no deeper")
    func depth() throws {
        let nested = { (depth: Int) in
            String(repeating: #"{"Name":"x","Children":["#, count: depth) + #"{"Name":"y"}"#
                + String(repeating: "]}", count: depth)
        }
        _ = try read(nested(49))
        let error = #expect(throws: AWSError.self) { try read(nested(50)) }
        #expect(error?.code == "SerializationException")
        // What the shape does not have is passed over without recursion, however deep it is.
        let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        #expect(try read(#"{"Other":\#(deep),"Name":"x"}"#) == Sample("x"))
    }

    @Test(
        "times are read in every form",
        arguments: [
            "1422172800", "1.4221728E9", "\"2015-01-25T08:00:00Z\"",
            "\"Sun, 25 Jan 2015 08:00:00 GMT\"",
        ])
    func times(text: String) throws {
        #expect(try read(#"{"Name":"x","Time":\#(text)}"#).time == Instant(seconds: 1_422_172_800))
    }

    @Test("numbers that are none are strings")
    func notNumbers() throws {
        #expect(try read(#"{"Name":"x","Ratio":"-Infinity"}"#).ratio == -.infinity)
        #expect(try read(#"{"Name":"x","Ratio":"NaN"}"#).ratio?.isNaN == true)
    }

    @Test(
        "a structure is read from a document with names in either case, and written with names in upper case"
    )
    func documents() throws {
        let text = try Document(
            json: Self.fullText.replacing("1422172800", with: "\"2015-01-25T08:00:00Z\"")
                .replacing("\"Pair\"", with: "\"FlatAttributes\""))
        #expect(try Sample(document: text, in: SampleService.schema) == .full)
        #expect(
            try Sample(document: ["name": "x", "count": 2], in: SampleService.schema)
                == Sample("x") { $0.count = 2 })
        #expect(Sample.full.document(in: SampleService.schema) == text)
        #expect(throws: AWSError.self) {
            try Sample(document: ["Nome": "x"], in: SampleService.schema)
        }
        #expect(throws: AWSError.self) {
            try Sample(document: ["Name": 1], in: SampleService.schema)
        }
    }
}
