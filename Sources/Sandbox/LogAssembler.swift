/// Makes log messages of what a runtime's process writes.
///
/// Plain text is a message a line. A runtime may also write frames, which carry messages of many lines: the
/// four bytes A5 5A 00 0n, the length of the message (4 bytes, big endian), where n is 3 the time (8
/// bytes), and the message. A5 begins no UTF-8 character, so that text is never taken for a frame.
package struct LogAssembler: Sendable {
    private var pending: [UInt8] = []

    package init() {}

    /// Takes bytes as they come and returns the messages that they complete.
    package mutating func append(_ bytes: some Sequence<UInt8>) -> [String] {
        pending.append(contentsOf: bytes)
        var messages: [String] = []
        var start = 0
        scan: while start < pending.count {
            if pending[start] == Self.magic[0] {
                switch frame(at: start) {
                case .incomplete: break scan
                case .message(let range):
                    messages.append(String(decoding: pending[range], as: UTF8.self))
                    start = range.upperBound
                    continue
                case .none: break
                }
            }
            guard let end = lineEnd(from: start) else { break }
            appendLine(pending[start..<end], to: &messages)
            start = pending[end] == UInt8(ascii: "\n") ? end + 1 : end
        }
        pending.removeSubrange(..<start)
        return messages
    }

    /// Returns what is left without a line's end.
    package mutating func flush() -> [String] {
        defer { pending.removeAll() }
        return pending.isEmpty ? [] : [String(decoding: pending, as: UTF8.self)]
    }

    private static let magic: [UInt8] = [0xA5, 0x5A, 0x00]

    private enum Frame {
        case none
        case incomplete
        case message(Range<Int>)
    }

    private func frame(at start: Int) -> Frame {
        let available = pending.count - start
        for index in 1..<3 where available > index {
            if pending[start + index] != Self.magic[index] { return .none }
        }
        guard available >= 4 else { return .incomplete }
        guard (1...3).contains(pending[start + 3] & 0x0F) else { return .none }
        let header = pending[start + 3] & 0x0F == 3 ? 16 : 8
        guard available >= header else { return .incomplete }
        let length = pending[start + 4..<start + 8].reduce(0) { $0 << 8 | Int($1) }
        guard length <= SandboxLimits.logLineBytes else { return .none }
        guard available >= header + length else { return .incomplete }
        return .message(start + header..<start + header + length)
    }

    /// Where the line that begins at `start` ends: at a line feed, at a frame, or where it gets too long.
    private func lineEnd(from start: Int) -> Int? {
        var index = start
        while index < pending.count {
            if pending[index] == UInt8(ascii: "\n") { return index }
            if index > start, pending[index] == Self.magic[0], case .message = frame(at: index) {
                return index
            }
            if index - start == SandboxLimits.logLineBytes { return index }
            index += 1
        }
        return nil
    }

    private func appendLine(_ line: ArraySlice<UInt8>, to messages: inout [String]) {
        let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        messages.append(String(decoding: text, as: UTF8.self))
    }
}
