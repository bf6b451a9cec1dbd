import HTTPTypes
import NIOCore
import Testing

@testable import Wire

/// An event of the input, as modelgen would write it.
private struct Talk: Structure, Equatable {
    static var shape: Shape { EventInputTests.schema.shapes[1] }
    var said: Said?

    init() {}
    init(_ text: String) { said = Said(text) }

    mutating func read(from reader: ShapeReader) throws {
        try reader.beginStructure(Self.shape)
        while try reader.nextMember() != nil { said = try reader.structure() }
    }

    func write(to writer: ShapeWriter) {
        writer.beginStructure(Self.shape)
        writer.member(0)
        said?.write(to: writer)
        writer.endStructure()
    }

    struct Said: Structure, Equatable {
        static var shape: Shape { EventInputTests.schema.shapes[2] }
        var text = ""

        init() {}
        init(_ text: String) { self.text = text }

        mutating func read(from reader: ShapeReader) throws {
            try reader.beginStructure(Self.shape)
            while try reader.nextMember() != nil { text = try reader.string() }
        }

        func write(to writer: ShapeWriter) {
            writer.beginStructure(Self.shape)
            writer.member(0)
            writer.string(text)
            writer.endStructure()
        }
    }
}

private struct TalkRequest: Structure {
    static var shape: Shape { EventInputTests.schema.shapes[0] }
    var room = ""
    var events: EventStream<Talk>?

    init() {}

    mutating func read(from reader: ShapeReader) throws {
        try reader.beginStructure(Self.shape)
        while let member = try reader.nextMember() {
            if member == 0 { room = try reader.string() } else { events = try reader.eventStream() }
        }
    }

    func write(to writer: ShapeWriter) {}
}

@Suite("Inputs that are event streams")
struct EventInputTests {
    static let schema = ServiceSchema(
        ServiceDescription(
            name: "Talks", signingName: "talks", endpointPrefix: "talks", apiVersion: "1",
            targetPrefix: nil, protocols: [.restJSON], xmlNamespace: nil, isQueryCompatible: false,
            schema: { preconditionFailure("the test has the schema") }),
        text: """
            s\tTalkRequest\tpayload=1\tRoom;3;r,l=uri\tEvents;1;
            u\tTalks\tstream\tSaid;2;
            s\tSaid\t\tText;3;r
            S\tText\t
            o\tTalk\tPOST\t/rooms/{Room}\t0\t-\t
            """)

    private static func request(_ bytes: ByteBuffer, streams: Bool) -> WireRequest {
        WireRequest(
            method: .post, path: "/rooms/a",
            body: streams
                ? .stream(
                    AsyncThrowingStream {
                        $0.yield(bytes); $0.finish()
                    }, length: nil)
                : .bytes(bytes))
    }

    private static func events(_ codec: some WireCodec, _ request: WireRequest) async throws
        -> (String, [Talk])
    {
        let input = try codec.decode(
            TalkRequest.self, of: schema.operations[0], in: schema, from: request)
        var events: [Talk] = []
        if let stream = input.events {
            for try await event in stream.events { events.append(event) }
        }
        return (input.room, events)
    }

    @Test("events are read as they come, whole or in a stream", arguments: [false, true])
    func read(streams: Bool) async throws {
        let codecs: [(any WireCodec, EventFormat)] = [
            (RESTJSONCodec(), .json), (RESTXMLCodec(), .xml(in: Self.schema)),
        ]
        for (codec, format) in codecs {
            var bytes = ByteBuffer()
            for text in ["hello", "you"] {
                var message = EventStreamMessage(
                    event: Talk(text), in: Self.schema, format: format
                ).encoded
                bytes.writeBuffer(&message)
            }
            let (room, events) = try await Self.events(
                codec, Self.request(bytes, streams: streams))
            #expect(room == "a")
            #expect(events == [Talk("hello"), Talk("you")])
        }
    }

    @Test(
        "what is no event ends the stream with the error",
        arguments: [
            ("none", "SerializationException"), ("Said", "ValidationException"),
            ("", "SerializationException"),
        ])
    func malformed(type: String, code: String) async throws {
        let message = EventStreamMessage(
            headers: [
                .init(":message-type", .string("event")), .init(":event-type", .string(type)),
            ],
            payload: Array("{}".utf8))
        let bytes = type.isEmpty ? ByteBuffer(string: "no stream of events") : message.encoded
        let error = await #expect(throws: AWSError.self) {
            try await Self.events(RESTJSONCodec(), Self.request(bytes, streams: true))
        }
        #expect(error?.code == code)
    }
}
