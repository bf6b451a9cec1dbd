import NIOCore

@testable import Wire

extension WireResponse {
    /// The bytes of a body that does not flow.
    var bytes: [UInt8] {
        guard case .bytes(let buffer) = body else { return [] }
        return Array(buffer.readableBytesView)
    }

    /// The text of a body that does not flow.
    var text: String { String(decoding: bytes, as: UTF8.self) }
}
