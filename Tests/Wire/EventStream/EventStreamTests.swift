import NIOCore
import Platform
import Testing

@testable import Wire

@Suite("Event streams are framed and found again")
struct EventStreamTests {
    private static let messages: [EventStreamMessage] = [
        EventStreamMessage(),
        EventStreamMessage(payload: Array("{}".utf8)),
        EventStreamMessage(
            headers: [
                .init("boolean", .boolean(true)), .init("no", .boolean(false)),
                .init("byte", .byte(-1)),
                .init("short", .short(-2)), .init("integer", .integer(40972)),
                .init("long", .long(.min)),
                .init("bytes", .bytes([0, 255])), .init("string", .string("grün")),
                .init("timestamp", .timestamp(Instant(milliseconds: 8_675_309))),
                .init("uuid", .uuid(Array(1...16))),
            ], payload: Array("{'foo':'bar'}".utf8)),
    ]

    /// The vectors that the AWS SDKs share.
    @Test(
        "the known vectors",
        arguments: [
            ("000000100000000005c248eb7d98c8ff", EventStreamMessage()),
            (
                "0000001d00000000fd528c5a7b27666f6f273a27626172277dc3653936",
                EventStreamMessage(payload: Array("{'foo':'bar'}".utf8))
            ),
            (
                "0000003d0000002007fd83960c636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e"
                    + "7b27666f6f273a27626172277d8d9c08b1",
                EventStreamMessage(
                    headers: [.init("content-type", .string("application/json"))],
                    payload: Array("{'foo':'bar'}".utf8))
            ),
        ])
    func vectors(hexadecimal: String, message: EventStreamMessage) throws {
        #expect(Hexadecimal.string(message.encoded.readableBytesView) == hexadecimal)
        #expect(try decode(try #require(Hexadecimal.bytes(hexadecimal)), chunk: .max) == [message])
    }

    @Test("messages survive any cut", arguments: [1, 2, 7, 64, 10_000])
    func chunks(chunk: Int) throws {
        let bytes = Self.messages.flatMap { Array($0.encoded.readableBytesView) }
        #expect(try decode(bytes, chunk: chunk) == Self.messages)
    }

    @Test("any broken bit is noticed")
    func brokenBits() {
        let bytes = Array(Self.messages[2].encoded.readableBytesView)
        for bit in 0..<8 * bytes.count {
            var broken = bytes
            broken[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: EventStreamError.checksumMismatch) { try decode(broken, chunk: .max) }
        }
    }

    @Test("a stream that ends in a message is truncated")
    func truncated() {
        let bytes = Array(Self.messages[1].encoded.readableBytesView)
        for length in 1..<bytes.count {
            #expect(throws: EventStreamError.truncated) {
                try decode(Array(bytes.prefix(length)), chunk: .max)
            }
        }
    }

    @Test(
        "lengths that cannot be are refused before their bytes come",
        arguments: [
            (15, 0), (16, 1), (0, 0), (UInt32.max, 0), (UInt32.max, .max),
            (1 << 20, (128 << 10) + 1),
        ]
            as [(UInt32, UInt32)])
    func lengths(length: UInt32, headerLength: UInt32) throws {
        var prelude = ByteBuffer()
        prelude.writeMultipleIntegers(length, headerLength)
        var check = CRC32()
        check.update(prelude.readableBytesView)
        prelude.writeInteger(check.value)
        #expect(throws: EventStreamError.invalidLength) {
            try decode(Array(prelude.readableBytesView), chunk: .max)
        }
    }

    @Test(
        "headers that are no headers are refused",
        arguments: [
            "00", "016100ff", "01610a", "01610700", "0161070002ff", "016107000161c3", "01c300",
            "016109",
        ])
    func headers(hexadecimal: String) throws {
        let headers = try #require(Hexadecimal.bytes(hexadecimal))
        var frame = ByteBuffer()
        frame.writeMultipleIntegers(UInt32(headers.count + 16), UInt32(headers.count))
        var prelude = CRC32()
        prelude.update(frame.readableBytesView)
        frame.writeInteger(prelude.value)
        frame.writeBytes(headers)
        var whole = CRC32()
        whole.update(frame.readableBytesView)
        frame.writeInteger(whole.value)
        #expect(throws: EventStreamError.invalidHeader) {
            try decode(Array(frame.readableBytesView), chunk: .max)
        }
    }

    @Test("the check is that of zlib")
    func check() {
        var check = CRC32()
        check.update("123456789".utf8)
        #expect(check.value == 0xCBF4_3926)
    }

    private func decode(_ bytes: [UInt8], chunk: Int) throws -> [EventStreamMessage] {
        var decoder = EventStreamDecoder()
        var messages: [EventStreamMessage] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            decoder.append(ByteBuffer(bytes: rest.prefix(chunk)))
            rest = rest.dropFirst(chunk)
            while let message = try decoder.next() { messages.append(message) }
        }
        try decoder.finish()
        return messages
    }
}
