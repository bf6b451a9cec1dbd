package import NIOCore
package import Platform

/// One message of `application/vnd.amazon.eventstream`: headers and a payload in a frame with checksums.
package struct EventStreamMessage: Equatable, Sendable {
    /// The value of a header.
    package enum Value: Equatable, Sendable {
        case boolean(Bool)
        case byte(Int8)
        case short(Int16)
        case integer(Int32)
        case long(Int64)
        case bytes([UInt8])
        case string(String)
        case timestamp(Instant)
        /// The 16 bytes of a UUID.
        case uuid([UInt8])
    }

    /// A header.
    package struct Header: Equatable, Sendable {
        package let name: String
        package let value: Value

        package init(_ name: String, _ value: Value) {
            self.name = name
            self.value = value
        }
    }

    /// The media type of event streams.
    package static let contentType = "application/vnd.amazon.eventstream"

    package var headers: [Header]
    package var payload: [UInt8]

    package init(headers: [Header] = [], payload: [UInt8] = []) {
        self.headers = headers
        self.payload = payload
    }

    /// The value of the header `name`.
    package func value(_ name: String) -> Value? {
        headers.first { $0.name == name }?.value
    }

    /// The text of the header `name`.
    package func text(_ name: String) -> String? {
        guard case .string(let value)? = value(name) else { return nil }
        return value
    }

    /// The headers as they stand in the frame.
    package var encodedHeaders: ByteBuffer {
        var fields = ByteBuffer()
        for header in headers { Self.write(header, to: &fields) }
        return fields
    }

    /// The frame: prelude, its check, headers, payload, the check of it all.
    ///
    /// The message is one of ours, so one that exceeds `EventStreamLimits` traps.
    package var encoded: ByteBuffer {
        var fields = encodedHeaders
        precondition(fields.readableBytes <= EventStreamLimits.headerBytes)
        precondition(payload.count <= EventStreamLimits.payloadBytes)
        let length = fields.readableBytes + payload.count + EventStreamLimits.frameBytes
        var frame = ByteBuffer()
        frame.reserveCapacity(length)
        frame.writeInteger(UInt32(length))
        frame.writeInteger(UInt32(fields.readableBytes))
        var check = CRC32()
        check.update(frame.readableBytesView)
        frame.writeInteger(check.value)
        frame.writeBuffer(&fields)
        frame.writeBytes(payload)
        check.update(frame.readableBytesView.dropFirst(8))
        frame.writeInteger(check.value)
        return frame
    }

    private static func write(_ header: Header, to buffer: inout ByteBuffer) {
        precondition(
            (1...255).contains(header.name.utf8.count), "a header's name has 1 to 255 bytes")
        buffer.writeInteger(UInt8(header.name.utf8.count))
        buffer.writeString(header.name)
        switch header.value {
        case .boolean(let value): buffer.writeInteger(UInt8(value ? 0 : 1))
        case .byte(let value): buffer.writeMultipleIntegers(UInt8(2), value)
        case .short(let value): buffer.writeMultipleIntegers(UInt8(3), value)
        case .integer(let value): buffer.writeMultipleIntegers(UInt8(4), value)
        case .long(let value): buffer.writeMultipleIntegers(UInt8(5), value)
        case .bytes(let value):
            buffer.writeMultipleIntegers(UInt8(6), UInt16(value.count))
            buffer.writeBytes(value)
        case .string(let value):
            buffer.writeMultipleIntegers(UInt8(7), UInt16(value.utf8.count))
            buffer.writeString(value)
        case .timestamp(let value): buffer.writeMultipleIntegers(UInt8(8), value.milliseconds)
        case .uuid(let value):
            precondition(value.count == 16, "a UUID has 16 bytes")
            buffer.writeInteger(UInt8(9))
            buffer.writeBytes(value)
        }
    }
}
