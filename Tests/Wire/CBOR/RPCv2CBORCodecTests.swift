import HTTPTypes
import NIOCore
import Platform
import Testing

@testable import Wire

@Suite("rpcv2Cbor: the path names the operation, CBOR goes in and out")
struct RPCv2CBORCodecTests {
    private let codec = RPCv2CBORCodec()
    private let service = SampleService.schema(of: .rpcV2CBOR)

    @Test("the path names the operation", arguments: ["", "/prefix/of/a/proxy"])
    func operation(prefix: String) throws {
        let path = "\(prefix)/service/SamplesV1/operation/Do"
        #expect(try codec.operation(for: request(path: path), in: service).name == "Do")
    }

    @Test(
        "a path that names no operation is refused",
        arguments: [
            ("/", "UnknownOperationException", 404),
            ("/service/SamplesV1/operation/Undo", "UnknownOperationException", 404),
            ("/service/Other/operation/Do", "UnknownOperationException", 404),
            ("/service/SamplesV1/operation/Do/", "UnknownOperationException", 404),
            ("/service/SamplesV1/operation/Later", "NotImplemented", 501),
        ])
    func refused(path: String, code: String, status: Int) {
        let error = #expect(throws: AWSError.self) {
            try codec.operation(for: request(path: path), in: service)
        }
        #expect(error?.code == code)
        #expect(error?.status == status)
    }

    @Test("what is written is read again")
    func roundTrip() throws {
        let response = codec.encode(
            Sample.full, of: service.operations[0], in: service, requestID: "id-1")
        #expect(response.headers[.contentType] == "application/cbor")
        #expect(response.headers[.smithyProtocol] == "rpc-v2-cbor")
        #expect(try decode(response.bytes) == .full)
    }

    @Test("an operation without a result answers nothing")
    func encodeNothing() {
        let response = codec.encode(
            EmptyStructure(), of: service.operations[1], in: service, requestID: "id-1")
        #expect(response.bytes.isEmpty)
        #expect(response.headers[.contentType] == nil)
    }

    @Test("nulls and unknown members are passed over, numbers and lengths of all forms are read")
    func decodeForms() throws {
        // {_ "Name": (_ "a", "b"), "Count": null, "No": [_ {1: 2}], "Ratio": 2, "Tags": [_ "x"], "Time": 1(1.5)}
        let hexadecimal = """
            bf644e616d657f61616162ff65436f756e74f6624e6f9fa10102ff65526174696f02\
            64546167739f6178ff6454696d65c1f93e00ff
            """
        let bytes = try #require(Hexadecimal.bytes(hexadecimal))
        let expected = Sample("ab") {
            $0.ratio = 2
            $0.tags = ["x"]
            $0.time = Instant(milliseconds: 1500)
        }
        #expect(try decode(bytes) == expected)
    }

    @Test(
        "values that are not what the model says cannot be deserialized",
        arguments: [
            "80", "a0ff", "a1", "a10102", "bf644e616d6501ff", "a165436f756e741a80000000",
            "a165436f756e74fb3ff0000000000000",
            "a165436f756e74617a", "a164466c616700", "a16444617461617a", "a16454696d6500",
            "a16454696d65c1617a",
            "a16454696d65c11bffffffffffffffff", "a16454616773a0", "a1645461677381a0",
            "a16a41747472696275746573a10102",
            "a1634269673bffffffffffffffff", "a1684368696c6472656e8101",
        ])
    func malformed(hexadecimal: String) throws {
        let bytes = try #require(Hexadecimal.bytes(hexadecimal))
        let error = #expect(throws: AWSError.self) { try decode(bytes) }
        #expect(error?.code == "SerializationException")
    }

    @Test("violated constraints are one ValidationException", arguments: [[], [0xA0]] as [[UInt8]])
    func validation(bytes: [UInt8]) {
        let error = #expect(throws: AWSError.self) { try decode(bytes) }
        #expect(error?.code == "ValidationException")
    }

    @Test("an error names its type, and its old code where the service had one")
    func encodeError() throws {
        let service = SampleService.schema(of: .rpcV2CBOR, queryCompatible: true)
        let error = AWSError(
            "NoSuchThing", "gone", status: 404, queryCode: "Old.NoSuchThing", fields: ["Name": "x"])
        let response = codec.encode(error, of: nil, in: service, requestID: "id-1")
        #expect(response.status == 404)
        #expect(response.headers[.amznQueryError] == "Old.NoSuchThing;Sender")
        // {"Name": "x", "__type": "NoSuchThing", "message": "gone"}
        #expect(
            Hexadecimal.string(response.bytes)
                == "a3644e616d656178665f5f747970656b4e6f537563685468696e67676d65737361676564676f6e65"
        )
    }

    private func decode(_ bytes: [UInt8]) throws -> Sample {
        try codec.decode(
            Sample.self, of: service.operations[0], in: service,
            from: request(path: "/service/SamplesV1/operation/Do", body: bytes))
    }

    private func request(path: String, body: [UInt8] = []) -> WireRequest {
        WireRequest(method: .post, path: path, body: Body(body))
    }
}
