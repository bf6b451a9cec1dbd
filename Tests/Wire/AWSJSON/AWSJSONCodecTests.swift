import HTTPTypes
import NIOCore
import Testing

@testable import Wire

@Suite("awsJson: the operation in a header, JSON both ways")
struct AWSJSONCodecTests {
    private let codec = AWSJSONCodec(version: "1.0")
    private let service = SampleService.schema(of: .awsJSON10)

    @Test(
        "the header X-Amz-Target names the operation",
        arguments: [
            ("SamplesV1.Do", nil), (nil, "UnknownOperationException"),
            ("SamplesV1.Undo", "UnknownOperationException"),
            ("", "UnknownOperationException"), (".", "UnknownOperationException"),
            ("SamplesV1.Later", "NotImplemented"),
        ] as [(String?, String?)])
    func operation(target: String?, code: String?) throws {
        do {
            #expect(
                try codec.operation(for: request("{}", target: target), in: service).name == "Do")
            #expect(code == nil)
        } catch let error as AWSError {
            #expect(error.code == code)
            #expect(error.status == (code == "NotImplemented" ? 501 : 400))
        }
    }

    @Test("an input is read, and an empty body is one without members")
    func decode() throws {
        let operation = service.operations[0]
        let sample = try codec.decode(
            Sample.self, of: operation, in: service, from: request(#"{"Name":"x","Count":2}"#))
        #expect(sample == Sample("x") { $0.count = 2 })
        let error = #expect(throws: AWSError.self) {
            try codec.decode(Sample.self, of: operation, in: service, from: request(""))
        }
        #expect(error?.code == "ValidationException")
        #expect(
            error?.message.hasSuffix(
                "Value null at 'name' failed to satisfy constraint: Member must not be null")
                == true)
    }

    @Test("an output is the body, and an operation without one has none")
    func encode() {
        let response = codec.encode(
            Sample("x"), of: service.operations[0], in: service, requestID: "id-1")
        #expect(response.status == 200)
        #expect(response.text == #"{"Name":"x"}"#)
        #expect(response.headers[.contentType] == "application/x-amz-json-1.0")
        #expect(response.headers[.amznRequestID] == "id-1")
        let nothing = codec.encode(
            EmptyStructure(), of: service.operations[1], in: service, requestID: "id-1")
        #expect(nothing.text == "")
    }

    @Test("an error has its code and fields in the body")
    func error() {
        let error = AWSError(
            "NoQueue", "There is none", queryCode: "AWS.NoQueue", fields: ["Queue": "q"])
        let response = codec.encode(error, of: nil, in: service, requestID: "id-1")
        #expect(response.status == 400)
        #expect(response.text == #"{"Queue":"q","__type":"NoQueue","message":"There is none"}"#)
        #expect(response.headers[.amznErrorType] == "NoQueue")
        #expect(response.headers[.amznQueryError] == nil)
    }

    @Test("a service that had the query protocol tells its codes of then")
    func queryCompatible() {
        let service = SampleService.schema(of: .awsJSON10, queryCompatible: true)
        let error = AWSError("NoQueue", "There is none", queryCode: "AWS.NoQueue")
        let response = codec.encode(error, of: nil, in: service, requestID: "id-1")
        #expect(response.headers[.amznQueryError] == "AWS.NoQueue;Sender")
        let fault = codec.encode(
            AWSError("Oops", "", status: 500), of: nil, in: service, requestID: "id-1")
        #expect(fault.headers[.amznQueryError] == "Oops;Receiver")
        #expect(fault.text == #"{"__type":"Oops"}"#)
    }

    private func request(_ body: String, target: String? = "SamplesV1.Do") -> WireRequest {
        var headers: HTTPFields = [:]
        headers[.amzTarget] = target
        return WireRequest(method: .post, path: "/", headers: headers, body: Body(text: body))
    }
}
