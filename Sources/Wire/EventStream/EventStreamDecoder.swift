package import NIOCore
import Platform

/// Finds the messages in the bytes of an event stream, however they are cut.
package struct EventStreamDecoder {
    private var buffer = ByteBuffer()
    private var failure: EventStreamError?

    package init() {}

    /// Takes in the bytes that came next. They are held until `next` has returned the messages in them.
    package mutating func append(_ bytes: ByteBuffer) {
        var bytes = bytes
        buffer.discardReadBytes()
        buffer.writeBuffer(&bytes)
    }

    /// The next message; `nil` where its bytes have not all come.
    ///
    /// - Throws: `EventStreamError`, from then on always.
    package mutating func next() throws(EventStreamError) -> EventStreamMessage? {
        if let failure { throw failure }
        do {
            return try message()
        } catch {
            failure = error
            throw error
        }
    }

    /// Says that no more bytes come.
    ///
    /// - Throws: `EventStreamError.truncated` where they end inside a message.
    package func finish() throws(EventStreamError) {
        if let failure { throw failure }
        guard buffer.readableBytes == 0 else { throw .truncated }
    }

    private mutating func message() throws(EventStreamError) -> EventStreamMessage? {
        guard
            let (length, headerLength, preludeCheck) = buffer.peekMultipleIntegers(
                as: (UInt32, UInt32, UInt32).self)
        else { return nil }
        // Checked before the message has come, so that a broken length cannot make us wait for gigabytes.
        var check = CRC32()
        check.update(buffer.readableBytesView.prefix(8))
        guard check.value == preludeCheck else { throw .checksumMismatch }
        guard headerLength <= EventStreamLimits.headerBytes,
            length >= headerLength + UInt32(EventStreamLimits.frameBytes),
            Int(length - headerLength) - EventStreamLimits.frameBytes
                <= EventStreamLimits.payloadBytes
        else { throw .invalidLength }
        guard var frame = buffer.readSlice(length: Int(length)) else { return nil }
        check.update(frame.readableBytesView.dropFirst(8).dropLast(4))
        frame.moveReaderIndex(forwardBy: 12)
        guard var headers = frame.readSlice(length: Int(headerLength)),
            let payload = frame.readBytes(length: frame.readableBytes - 4),
            frame.readInteger(as: UInt32.self) == check.value
        else { throw .checksumMismatch }
        var message = EventStreamMessage(payload: payload)
        while headers.readableBytes > 0 {
            guard let header = Self.header(&headers) else { throw .invalidHeader }
            message.headers.append(header)
        }
        return message
    }

    private static func header(_ buffer: inout ByteBuffer) -> EventStreamMessage.Header? {
        guard let nameLength = buffer.readInteger(as: UInt8.self), nameLength > 0,
            let name = text(&buffer, Int(nameLength)),
            let type = buffer.readInteger(as: UInt8.self),
            let value = value(&buffer, type)
        else { return nil }
        return EventStreamMessage.Header(name, value)
    }

    private static func value(
        _ buffer: inout ByteBuffer, _ type: UInt8
    ) -> EventStreamMessage.Value? {
        switch type {
        case 0: return .boolean(true)
        case 1: return .boolean(false)
        case 2: return buffer.readInteger(as: Int8.self).map { .byte($0) }
        case 3: return buffer.readInteger(as: Int16.self).map { .short($0) }
        case 4: return buffer.readInteger(as: Int32.self).map { .integer($0) }
        case 5: return buffer.readInteger(as: Int64.self).map { .long($0) }
        case 6:
            return buffer.readInteger(as: UInt16.self).flatMap { buffer.readBytes(length: Int($0)) }
                .map { .bytes($0) }
        case 7:
            return buffer.readInteger(as: UInt16.self).flatMap { text(&buffer, Int($0)) }
                .map { .string($0) }
        case 8:
            return buffer.readInteger(as: Int64.self).map {
                .timestamp(Instant(milliseconds: $0))
            }
        case 9: return buffer.readBytes(length: 16).map { .uuid($0) }
        default: return nil
        }
    }

    private static func text(_ buffer: inout ByteBuffer, _ length: Int) -> String? {
        buffer.readBytes(length: length).flatMap { String(validating: $0, as: UTF8.self) }
    }
}
