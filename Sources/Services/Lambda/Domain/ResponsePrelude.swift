/// Finds the metadata at the front of a streamed HTTP response: JSON, then eight NUL bytes, then the body.
///
/// Source: dg/configuration-response-streaming.html and the `HttpResponseStream` of AWS's Node.js runtime.
struct ResponsePrelude {
    /// The content type by which a function says that its response begins so.
    static let contentType = "application/vnd.awslambda.http-integration-response"
    private static let separatorBytes = 8

    /// What has been found.
    enum Progress: Equatable {
        /// More bytes are needed.
        case incomplete
        /// The metadata, and the bytes of the body that came with it.
        case complete(metadata: [UInt8], body: [UInt8])
        /// This is no response: it has no separator where one must be.
        case malformed
    }

    private var bytes: [UInt8] = []

    /// Takes in the bytes that came next.
    mutating func add(_ chunk: [UInt8]) -> Progress {
        // JSON has no NUL, so the first one begins the separator.
        let searched = bytes.count
        bytes += chunk
        guard let end = bytes[max(0, searched - Self.separatorBytes)...].firstIndex(of: 0) else {
            return bytes.count > LambdaLimits.preludeBytes ? .malformed : .incomplete
        }
        let separator = bytes[end...].prefix(Self.separatorBytes)
        guard separator.allSatisfy({ $0 == 0 }) else { return .malformed }
        guard separator.count == Self.separatorBytes else { return .incomplete }
        return .complete(
            metadata: Array(bytes[..<end]), body: Array(bytes[(end + Self.separatorBytes)...]))
    }
}
