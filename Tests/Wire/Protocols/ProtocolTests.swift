import FoundationEssentials
import HTTPTypes
import NIOCore
import Testing

@testable import Wire

@Suite(
    "the protocol test cases of botocore",
    .enabled(if: !ProtocolCase.all.isEmpty, "Tools/protocol-tests fetch brings them"))
struct ProtocolTests {
    /// Cases that no server can read, or that are of clients alone, with the reason.
    private static let unfit: [String: String] = {
        let reasons = [
            "the case shows a few headers of its request and not its body": [
                "SDKAppliedContentEncoding_ec2Query",
                "SDKAppendsGzipAndIgnoresHttpProvidedEncoding_ec2Query",
                "SDKAppliedContentEncoding_awsJson1_1",
                "SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_1",
                "SDKAppliedContentEncoding_awsJson1_0",
                "SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_0",
                "SDKAppliedContentEncoding_awsQuery",
                "SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsQuery",
                "SDKAppliedContentEncoding_restJson1",
                "SDKAppendedGzipAfterProvidedEncoding_restJson1",
                "SDKAppliedContentEncoding_restXml", "SDKAppendedGzipAfterProvidedEncoding_restXml",
            ],
            "an empty list or map leaves no trace in a form, a query or headers": [
                "Ec2EmptyQueryLists", "QueryEmptyQueryMaps", "RestJsonOmitsEmptyListQueryValues",
                "RestJsonHttpPrefixHeadersAreNotPresent", "HttpPrefixHeadersAreNotPresent",
                "RestJsonNullAndEmptyHeaders", "NullAndEmptyHeaders",
            ],
            "the client sends an empty structure in the place of none": [
                "RestJsonHttpWithEmptyStructurePayload", "RestJsonHttpWithHeadersButNoPayload",
            ],
            "the client's endpoint has a path": ["RestJsonHostWithPath"],
            "the client has two values for one parameter and sends one": [
                "RestJsonQueryPrecedence", "RestXmlQueryPrecedence",
            ],
        ]
        return Dictionary(
            reasons.flatMap { reason, cases in cases.map { ($0, reason) } },
            uniquingKeysWith: { first, _ in first })
    }()
    /// Clients make tokens up, so that the parameters have none.
    private static let madeUp = "00000000-0000-4000-8000-000000000000"

    private static let inputs = ProtocolCase.all.filter {
        $0.file.hasPrefix("input/") && unfit[$0.id] == nil
    }

    @Test("a request is read as the parameters that it was made from", arguments: inputs)
    func read(testCase: ProtocolCase) throws {
        let (schema, codec) = (testCase.schema, testCase.wireProtocol.codec)
        let request = try #require(testCase.request)
        let operation = try codec.operation(for: request, in: schema)
        #expect(operation.name == testCase.document["operation"]?.stringValue)
        guard operation.input != nil else { return }
        let input = try AnyStructure.with(schema, operation.input) {
            try codec.decode(AnyStructure.self, of: operation, in: schema, from: request).document
        }
        let expected = testCase.document["params"] ?? .object([:])
        let shape = operation.input.map { schema.shapes[$0] }
        let read = Self.onlyParameters(of: expected, in: input, of: shape)
        #expect(Self.withoutTokens(read).means(Self.withoutTokens(expected)))
    }

    /// A server puts every parameter into a map that is bound to the query, though the client had
    /// put some elsewhere.
    private static func onlyParameters(of expected: Document, in input: Document, of shape: Shape?)
        -> Document
    {
        guard case .object(var members) = input else { return input }
        for member in shape?.members ?? [] where member.location == .querystring {
            guard case .object(let map)? = members[member.name] else { continue }
            let kept = map.filter { expected[member.name]?[$0.key] != nil }
            members[member.name] = expected[member.name] == nil ? nil : .object(kept)
        }
        return .object(members)
    }

    private static func withoutTokens(_ input: Document) -> Document {
        guard case .object(let members) = input else { return input }
        return .object(members.filter { $0.value.stringValue != madeUp })
    }

    @Test("botocore reads what is written: the answers are written for Tools/protocol-tests check")
    func write() throws {
        let cases = ProtocolCase.all.filter { $0.file.hasPrefix("output/") }
        let answers = try cases.map { try Self.answer(to: $0) }
        try #require(!answers.isEmpty)
        let path = "\(ProtocolCase.folder)/answers.json"
        #expect(
            FileManager.default.createFile(
                atPath: path, contents: Data(Document.array(answers).json())))
    }

    private static func answer(to testCase: ProtocolCase) throws -> Document {
        let (schema, codec) = (testCase.schema, testCase.wireProtocol.codec)
        let operation = try #require(schema.operations.first)
        let response: WireResponse
        if let error = testCase.error {
            response = codec.encode(error, of: operation, in: schema, requestID: "request-1")
        } else {
            response = AnyStructure.with(schema, operation.output) {
                guard operation.output != nil else {
                    return codec.encode(
                        EmptyStructure(), of: operation, in: schema, requestID: "request-1")
                }
                let output = AnyStructure(testCase.document["result"] ?? .object([:]))
                return codec.encode(output, of: operation, in: schema, requestID: "request-1")
            }
        }
        let headers = response.headers.map { ($0.name.rawName, Document.string($0.value)) }
        return [
            "file": .string(testCase.file), "id": .string(testCase.id),
            "status": .integer(Int64(response.status)),
            "headers": .object(Dictionary(headers, uniquingKeysWith: { first, _ in first })),
            "body": .string(Base64.encode(response.bytes)),
        ]
    }
}
