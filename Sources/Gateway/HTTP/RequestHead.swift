import HTTPTypes
import NIOCore

/// The head of a request, alike for HTTP/1.1 and HTTP/2.
struct RequestHead: Sendable {
    var method: HTTPRequest.Method
    /// The path and query as sent.
    var target: String
    /// The fields with `Host`, which HTTP/2 sends as `:authority`.
    var fields: HTTPFields
    var version: Version
    /// The connection can carry another request after this one.
    var isPersistent: Bool

    enum Version: Sendable {
        /// Knows no bodies of unknown length.
        case http10
        case http11
        /// Has frames where HTTP/1.1 has `Connection` and `Transfer-Encoding`.
        case http2
    }

    /// The client waits for `100 Continue` before it sends the body.
    var expectsContinue: Bool {
        version != .http10 && fields[.expect]?.lowercased() == "100-continue"
    }
}

/// A part of a request as it comes off a connection.
enum RequestPart: Sendable {
    case head(RequestHead)
    case body(ByteBuffer)
    case end
}

/// What is wrong with a request before it is one.
enum HTTPFailure: Error {
    /// The bytes are not HTTP, or HTTP that no client may send.
    case malformed
    /// More header fields than `GatewayLimits` allow, or longer ones.
    case headTooLarge
    /// The client stopped in the middle of a body.
    case timeout
    /// The connection ended in the middle of a body, or the body was read after its request was answered.
    case bodyUnavailable
}
