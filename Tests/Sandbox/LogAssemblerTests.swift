import Sandbox
import Testing

@Suite("A function's output becomes log messages")
struct LogAssemblerTests {
    private func frame(_ message: String, type: UInt8 = 3) -> [UInt8] {
        let length = UInt32(message.utf8.count)
        let lengthBytes = (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * $0)) }
        let time: [UInt8] = type == 3 ? [0, 0, 0, 0, 0, 0, 0, 1] : []
        return [0xA5, 0x5A, 0x00, type] + lengthBytes + time + Array(message.utf8)
    }

    @Test("a line is a message, once it ends")
    func lines() {
        var log = LogAssembler()
        #expect(log.append("one\ntw".utf8) == ["one"])
        #expect(log.append("o\r\n\nthree".utf8) == ["two", ""])
        #expect(log.flush() == ["three"])
        #expect(log.flush() == [])
    }

    @Test("a frame is a message, whatever its lines", arguments: [1, 2, 3] as [UInt8])
    func frames(type: UInt8) {
        var log = LogAssembler()
        let bytes = frame("a\nb", type: type) + Array("text\n".utf8)
        #expect(log.append(bytes) == ["a\nb", "text"])
    }

    @Test("a frame ends the line before it")
    func frameAfterText() {
        var log = LogAssembler()
        #expect(log.append(Array("no end".utf8) + frame("framed")) == ["no end", "framed"])
    }

    @Test("messages are the same, however the bytes arrive")
    func pieces() {
        let bytes = Array("one\n".utf8) + frame("two\nlines") + Array("grüße ¥\nlast\n".utf8)
        var log = LogAssembler()
        var messages: [String] = []
        for byte in bytes { messages += log.append([byte]) }
        #expect(messages == ["one", "two\nlines", "grüße ¥", "last"])
    }

    @Test(
        "bytes that only look like a frame are text",
        arguments: [
            [0xA5, 0x5A, 0x00, 0x07], [0xA5, 0x41], [0xA5, 0x5A, 0x01],
            [0xA5, 0x5A, 0x00, 0x03, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0],
        ] as [[UInt8]])
    func lookalikes(bytes: [UInt8]) {
        var log = LogAssembler()
        #expect(log.append(bytes + Array("x\nnext\n".utf8)).last == "next")
    }

    @Test("a line without an end is cut at the largest message")
    func longLine() {
        var log = LogAssembler()
        let messages = log.append([UInt8](repeating: 0x61, count: SandboxLimits.logLineBytes + 10))
        #expect(messages.map(\.utf8.count) == [SandboxLimits.logLineBytes])
        #expect(log.flush().map(\.utf8.count) == [10])
    }
}
