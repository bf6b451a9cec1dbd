import NIOCore
import Testing

@testable import Wire

@Suite("Whatever comes as an event stream is read or refused")
struct EventStreamFuzzTests {
    private let fuzz = Fuzz(
        "event-stream",
        samples: [
            [
                EventStreamMessage(
                    headers: [
                        .init(":event-type", .string("x")), .init("flag", .boolean(true)),
                        .init("id", .uuid(Array(1...16))),
                        .init("n", .long(1)), .init("b", .bytes([1])),
                    ],
                    payload: Array("{}".utf8)),
                EventStreamMessage(payload: [1, 2, 3]), EventStreamMessage(),
            ].flatMap { Array($0.encoded.readableBytesView) }
        ],
        words: [
            [0, 0, 0, 16], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0], [1, 0x61, 7, 0xFF, 0xFF],
            Array(EventStreamMessage().encoded.readableBytesView),
        ])

    @Test("a stream is read the same way, however it is cut")
    func cuts() throws {
        fuzz.run { input, choices in
            let cuts = (0..<8).map { _ in choices.number(0...input.count) }.sorted() + [input.count]
            let (whole, cut) = (read(input, cuts: [input.count]), read(input, cuts: cuts))
            try #require(whole.0 == cut.0 && whole.1 == cut.1)
        }
    }

    @Test("headers are read or refused when the checks are right")
    func headers() {
        fuzz.run { input, _ in
            let headers = input.prefix(EventStreamLimits.headerBytes)
            var frame = ByteBuffer()
            frame.writeMultipleIntegers(UInt32(headers.count + 16), UInt32(headers.count))
            frame.writeInteger(check(frame))
            frame.writeBytes(headers)
            frame.writeInteger(check(frame))
            let (messages, error) = read(
                Array(frame.readableBytesView), cuts: [frame.readableBytes])
            try #require(messages.count == 1 && error == nil || error == .invalidHeader)
            if let message = messages.first { try #require(message.encoded == frame) }
        }
    }

    private func check(_ buffer: ByteBuffer) -> UInt32 {
        var check = CRC32()
        check.update(buffer.readableBytesView)
        return check.value
    }

    private func read(_ bytes: [UInt8], cuts: [Int]) -> ([EventStreamMessage], EventStreamError?) {
        var decoder = EventStreamDecoder()
        var messages: [EventStreamMessage] = []
        var start = 0
        do {
            for cut in cuts {
                decoder.append(ByteBuffer(bytes: bytes[start..<cut]))
                start = cut
                while let message = try decoder.next() { messages.append(message) }
            }
            try decoder.finish()
            return (messages, nil)
        } catch {
            return (messages, error)
        }
    }
}
