import Archive
import HTTPTypes
import NIOCore
import ServiceKit
import Wire

/// Uncompresses the bodies of requests, as SDKs send them to operations that take much at once.
///
/// A signature covers the body as it was sent, so it is checked before. A body that is the value of a member (an object,
/// a payload) is that member's as it was sent; to S3 the coding is a property of the object.
///
/// <https://docs.aws.amazon.com/sdkref/latest/guide/feature-compression.html>
enum ContentCoding {
    /// Uncompresses the body of `request`, which has been collected, where it is in the protocol's own format.
    ///
    /// - Parameter limit: The bytes that the operation takes.
    /// - Throws: `AWSError`: `SerializationException` (400) where the body is no gzip stream;
    ///   `RequestEntityTooLargeException` (413) where it holds more than `limit`.
    static func open(
        _ request: inout WireRequest, for operation: OperationSchema, of service: ServiceSchema,
        upTo limit: Int
    ) throws {
        guard isGzip(request) else { return }
        if let input = operation.input.map({ service.shapes[$0] }), let payload = input.payload {
            switch service.shapes[input.members[payload].target].kind {
            case .blob, .string: return
            default: break
            }
        }
        try open(&request, upTo: limit, for: "the \(operation.name) operation")
    }

    /// Uncompresses the body of `request`, which has been collected.
    ///
    /// - Parameter what: What it is for, in the error's words.
    /// - Throws: `AWSError`, as above.
    static func open(_ request: inout WireRequest, upTo limit: Int, for what: String) throws {
        guard isGzip(request), case .bytes(let packed) = request.body else { return }
        do {
            let bytes = try Gzip.inflate(Array(buffer: packed)[...], upTo: limit)
            request.body = Body(bytes)
            request.headers[.contentEncoding] = nil
            request.headers[.contentLength] = String(bytes.count)
        } catch .tooManyBytes {
            throw BodyReceiver.tooLarge(limit, what)
        } catch .corrupt {
            throw AWSError(
                "SerializationException", "The body of the request is no whole gzip stream.")
        }
    }

    private static func isGzip(_ request: WireRequest) -> Bool {
        request.headers[.contentEncoding]?.lowercased() == "gzip"
    }
}
