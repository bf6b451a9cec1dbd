import HTTPTypes
import NIOCore
import Platform
import Testing

@testable import Wire

@Suite("Events are messages of a stream")
struct EventTests {
    /// An event of each kind: with members, headers and a payload of each form, with headers alone, with nothing.
    private static let events: [Document] = [
        ["Plain": ["Text": "x", "Number": 1, "Nested": ["Text": "y"]]],
        ["Blob": ["Id": "i-1", "Flag": true, "Count": 7, "When": 1.5, "Bytes": "\u{1}data"]],
        ["Text": ["Content": "hällo"]], ["Structured": ["Id": "i-2", "Body": ["Text": "z"]]],
        ["Marked": ["Id": "i-3"]], ["End": [:]],
    ]

    private static let schema = ServiceSchema(
        ServiceDescription(
            name: "Streams", signingName: "streams", endpointPrefix: "streams", apiVersion: "1",
            targetPrefix: "Streams", protocols: [.restJSON], xmlNamespace: nil,
            isQueryCompatible: false,
            schema: { preconditionFailure("the test has the schema") }),
        text: """
            u\tEvents\tstream\tPlain;1;\tBlob;2;\tText;3;\tStructured;4;\tMarked;5;\tEnd;6;\tThrottled;7;
            s\tPlain\t\tText;8;\tNumber;9;\tNested;1;
            s\tBlob\t\tId;8;eh\tFlag;10;eh\tCount;9;eh\tWhen;11;eh\tBytes;12;ep
            s\tText\t\tContent;8;ep
            s\tStructured\t\tId;8;eh\tBody;1;ep
            s\tMarked\t\tId;8;eh
            s\tEnd\t
            s\tThrottledException\t\tmessage;8;
            S\tString\t
            i\tInteger\t
            b\tBoolean\t
            t\tTime\t
            B\tBytes\t
            """)

    private static let formats:
        [(name: String, format: EventFormat, read: @Sendable ([UInt8]) throws -> any BodyReader)] =
            [
                ("JSON", .json, { JSONReader($0) }), ("CBOR", .cbor, { CBORBodyReader($0) }),
                (
                    "XML", .xml(in: schema),
                    { bytes in
                        // A payload that is a blob or a string is no document.
                        try (try? XMLBodyReader(bytes, in: schema))
                            ?? XMLBodyReader(Array("<a/>".utf8), in: schema)
                    }
                ),
            ]

    @Test("what is written is read again, in every format", arguments: ["JSON", "CBOR", "XML"])
    func roundTrip(name: String) throws {
        let format = try #require(Self.formats.first { $0.name == name })
        for event in Self.events {
            try AnyStructure.with(Self.schema, 0) {
                let message = EventStreamMessage(
                    event: AnyStructure(event), in: Self.schema, format: format.format)
                let read = try message.event(
                    AnyStructure.self, in: Self.schema, format: try format.read(message.payload))
                #expect(read.document.means(event), "\(message)")
            }
        }
    }

    @Test("headers say what a message is, the payload is the blob itself")
    func message() {
        let message = AnyStructure.with(Self.schema, 0) {
            EventStreamMessage(event: AnyStructure(Self.events[1]), in: Self.schema, format: .json)
        }
        #expect(
            message
                == EventStreamMessage(
                    headers: [
                        .init(":message-type", .string("event")),
                        .init(":event-type", .string("Blob")),
                        .init("Id", .string("i-1")), .init("Flag", .boolean(true)),
                        .init("Count", .integer(7)),
                        .init("When", .timestamp(Instant(milliseconds: 1500))),
                        .init(":content-type", .string("application/octet-stream")),
                    ],
                    payload: Array("\u{1}data".utf8)))
    }

    @Test("an error that the stream has is an exception, any other an error")
    func errors() {
        let union = Self.schema.shapes[0]
        let exception = EventStreamMessage(
            error: AWSError("ThrottledException", "slow down"), of: union, in: Self.schema,
            format: .json)
        #expect(exception.text(":message-type") == "exception")
        #expect(exception.text(":exception-type") == "Throttled")
        #expect(exception.payload == Array(#"{"message":"slow down"}"#.utf8))
        let error = EventStreamMessage(
            error: AWSError("Other", String(repeating: "x", count: 100_000)), of: union,
            in: Self.schema,
            format: .json)
        #expect(error.text(":message-type") == "error")
        #expect(error.text(":error-code") == "Other")
        #expect(error.text(":error-message")?.utf8.count == 4096)
    }

    @Test("a message that is no event of the stream is refused")
    func unknown() {
        let message = EventStreamMessage(headers: [.init(":event-type", .string("Other"))])
        #expect(throws: AWSError.self) {
            try AnyStructure.with(Self.schema, 0) {
                try message.event(AnyStructure.self, in: Self.schema, format: JSONReader([]))
            }
        }
    }

    @Test("a stream carries its events, and an error at last; what follows an initial response")
    func stream() async throws {
        let events = EventStream<AnyStructure>(
            AsyncThrowingStream { stream in
                stream.yield(AnyStructure(Self.events[2]))
                stream.yield(AnyStructure(Self.events[5]))
                stream.finish(throwing: AWSError("ThrottledException", "slow down"))
            })
        let context = AnyStructure.Context(schema: Self.schema, position: 0)
        let types = try await AnyStructure.$context.withValue(context) {
            let body = Body.events(events, in: Self.schema, format: .json)
                .preceded(
                    by: EventStreamMessage(initialResponse: [], contentType: "application/json"))
            var types: [String?] = []
            for try await message in EventStreamMessages(body) {
                types.append(message.text(":event-type") ?? message.text(":exception-type"))
            }
            return types
        }
        #expect(types == ["initial-response", "Text", "End", "Throttled"])
    }

    @Test("an error that is none of ours says nothing of itself")
    func internalError() async throws {
        struct Secret: Error {}
        let events = EventStream<AnyStructure>(
            AsyncThrowingStream { $0.finish(throwing: Secret()) })
        let context = AnyStructure.Context(schema: Self.schema, position: 0)
        try await AnyStructure.$context.withValue(context) {
            for try await message in EventStreamMessages(
                .events(events, in: Self.schema, format: .json))
            {
                #expect(message.text(":error-code") == "InternalFailure")
                #expect(message.text(":error-message") == "An internal error occurred.")
            }
        }
    }
}
