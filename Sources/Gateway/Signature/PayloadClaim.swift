import HTTPTypes
import Wire

/// What `x-amz-content-sha256` says stands for the body.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html>
enum PayloadClaim: Sendable, Equatable {
    /// Nothing is said: the signature covers the body's own hash.
    case absent
    /// The body is not covered.
    case unsigned
    /// The SHA-256 of the body, in hexadecimal.
    case hash(String)
    /// `aws-chunked` framing, each chunk with a signature or not, with or without trailing fields.
    case chunked(isSigned: Bool, hasTrailer: Bool)
    /// An event stream, each of whose events is signed.
    case events

    /// Reads the header of `request`.
    ///
    /// - Throws: `SignatureFailure.malformedPayloadHash`.
    init(of request: WireRequest) throws {
        switch request.headers[.amzContentSHA256] {
        case nil: self = .absent
        case "UNSIGNED-PAYLOAD": self = .unsigned
        case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD":
            self = .chunked(isSigned: true, hasTrailer: false)
        case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER":
            self = .chunked(isSigned: true, hasTrailer: true)
        case "STREAMING-UNSIGNED-PAYLOAD-TRAILER":
            self = .chunked(isSigned: false, hasTrailer: true)
        case "STREAMING-AWS4-HMAC-SHA256-EVENTS": self = .events
        case .some(let text):
            guard text.utf8.count == 64, text.utf8.allSatisfy(Self.isHexDigit) else {
                throw SignatureFailure.malformedPayloadHash
            }
            self = .hash(text.lowercased())
        }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        Character(Unicode.Scalar(byte)).isHexDigit
    }
}
