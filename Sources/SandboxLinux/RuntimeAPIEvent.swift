import CSandbox
import NIOCore
import Platform
import Sandbox

extension Invocation {
    /// The event as the response to the runtime's question for it.
    ///
    /// - Parameter timeout: what is left of the function's time. The deadline is in the machine's time,
    ///   which is what the function compares it with, and not in the time of our clock, which can be moved.
    func runtimeAPIResponse(timeout: Duration, allocator: ByteBufferAllocator) -> ByteBuffer {
        let deadline = csandbox_wall_milliseconds() + timeout.wholeMilliseconds
        var head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        head += "Content-Length: \(payload.count)\r\n"
        head += "Lambda-Runtime-Aws-Request-Id: \(requestID)\r\n"
        head += "Lambda-Runtime-Deadline-Ms: \(deadline)\r\n"
        head += "Lambda-Runtime-Invoked-Function-Arn: \(invokedFunctionARN)\r\n"
        if let traceHeader { head += "Lambda-Runtime-Trace-Id: \(Self.line(traceHeader))\r\n" }
        if let clientContext {
            head += "Lambda-Runtime-Client-Context: \(Self.line(clientContext))\r\n"
        }
        head += "\r\n"
        var buffer = allocator.buffer(capacity: head.utf8.count + payload.count)
        buffer.writeString(head)
        buffer.writeBytes(payload)
        return buffer
    }

    /// The event as one of our own runtimes reads it: the lengths of the head and of the payload (4 bytes each, big
    /// endian), the head, and the payload. The head is a line a field: the request, the deadline, the ARN, and the trace,
    /// client context, identity and tenant, each empty where there is none.
    ///
    /// - Parameter timeout: as above.
    func frame(timeout: Duration, allocator: ByteBufferAllocator) -> ByteBuffer {
        let deadline = csandbox_wall_milliseconds() + timeout.wholeMilliseconds
        var buffer = allocator.buffer(
            capacity: 256 + invokedFunctionARN.utf8.count + (clientContext?.utf8.count ?? 0)
                + payload.count)
        buffer.writeInteger(UInt32(0))
        buffer.writeInteger(UInt32(payload.count))
        buffer.writeString(requestID)
        buffer.writeStaticString("\n")
        buffer.writeString(String(deadline))
        buffer.writeStaticString("\n")
        buffer.writeString(invokedFunctionARN)
        buffer.writeStaticString("\n")
        if let traceHeader { buffer.writeString(Self.line(traceHeader)) }
        buffer.writeStaticString("\n")
        if let clientContext { buffer.writeString(Self.line(clientContext)) }
        buffer.writeStaticString("\n\n")
        buffer.setInteger(UInt32(buffer.readableBytes - 8), at: 0)
        buffer.writeBytes(payload)
        return buffer
    }

    /// A header's value must not end its line: what the caller sent could begin another header.
    private static func line(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0 }) else {
            return text
        }
        return String(text.unicodeScalars.filter { $0 != "\r" && $0 != "\n" && $0 != "\0" })
    }
}
