import HTTPTypes
import Testing

@testable import Wire

@Suite("Whatever comes as CBOR is read or refused")
struct CBORFuzzTests {
    private let codec = RPCv2CBORCodec()
    private let service = SampleService.schema(of: .rpcV2CBOR)

    private var fuzz: Fuzz {
        let full = codec.encode(
            Sample.full, of: service.operations[0], in: service, requestID: "id-1")
        return Fuzz(
            "cbor",
            samples: [
                full.bytes, [0xBF, 0x61, 0x61, 0x9F, 0x01, 0xFF, 0xFF], [0x7F, 0x61, 0x61, 0xFF],
                [0xC1, 0xFB, 0x3F, 0xF1, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9A],
            ],
            words: [
                [0xFF], [0xBF], [0x9F], [0x7F], [0x5F], [0x81], [0xA1], [0xC1], [0xF6], [0xF7],
                [0xF9, 0x7E, 0x00],
                [0x1B] + [UInt8](repeating: 0xFF, count: 8),
                [0x3B, 0x7F] + [UInt8](repeating: 0xFF, count: 7),
                [0x9B] + [UInt8](repeating: 0xFF, count: 8),
                [0x5B, 0x7F] + [UInt8](repeating: 0xFF, count: 7),
                [0x64] + Array("Name".utf8), [0x68] + Array("Children".utf8),
                [0x65] + Array("Ratio".utf8),
            ])
    }

    @Test("an item is passed over whole or refused")
    func items() {
        fuzz.run { input, _ in
            var tokenizer = CBORTokenizer(input)
            do {
                while !tokenizer.isAtEnd { try tokenizer.skip() }
            } catch is CBORError {
            }
        }
    }

    @Test("an input that is decoded, is encoded and decoded as the same")
    func values() {
        fuzz.run { input, _ in
            do {
                let sample = try decode(input)
                let response = codec.encode(
                    sample, of: service.operations[0], in: service, requestID: "id-1")
                try #require(try decode(response.bytes).isSame(as: sample))
            } catch is AWSError {
            }
        }
    }

    private func decode(_ bytes: [UInt8]) throws -> Sample {
        let request = WireRequest(
            method: .post, path: "/service/SamplesV1/operation/Do", body: Body(bytes))
        return try codec.decode(Sample.self, of: service.operations[0], in: service, from: request)
    }
}
