import HTTPTypes
import NIOCore
import ServiceKit
import Wire

/// Takes in the body of a request as far as its operation wants it taken in: whole, or as it flows.
enum BodyReceiver {
    /// The bytes of a form that says which service it is for.
    static let formLimit = 1024 * 1024

    /// Collects the body unless the operation streams it. A client that waits for `100 Continue` gets it here, once the
    /// announced length is known to be within the limit.
    ///
    /// - Throws: `AWSError` `RequestEntityTooLargeException` (413).
    static func receive(
        _ request: inout WireRequest, for operation: OperationSchema, of service: ServiceSchema,
        limit: Int
    ) async throws {
        if streams(operation, of: service), try canFlow(request) { return }
        try await collect(&request, upTo: limit, for: "the \(operation.name) operation")
    }

    /// Collects the body.
    ///
    /// - Parameter what: What it is for, in the error's words.
    /// - Throws: `AWSError` `RequestEntityTooLargeException` (413).
    static func collect(
        _ request: inout WireRequest, upTo limit: Int, for what: String
    ) async throws {
        guard case .stream(_, let length) = request.body else { return }
        guard length ?? 0 <= limit else { throw tooLarge(limit, what) }
        do {
            request.body = .bytes(try await request.body.collect(upTo: limit))
        } catch let error as AWSError where error.status == 413 {
            throw tooLarge(limit, what)
        }
    }

    /// Whether the body of the operation's input flows.
    private static func streams(_ operation: OperationSchema, of service: ServiceSchema) -> Bool {
        guard let input = operation.input.map({ service.shapes[$0] }), let payload = input.payload
        else { return false }
        let member = input.members[payload]
        return member.isStreaming || service.shapes[member.target].isStreaming
    }

    /// Whether the request's signature can be verified before its body is there: it says what stands for the body, or
    /// has no signature that covers one.
    private static func canFlow(_ request: WireRequest) throws -> Bool {
        request.headers[.amzContentSHA256] != nil || request.headers[.authorization] == nil
    }

    /// The error for a body of more than `limit` bytes.
    static func tooLarge(_ limit: Int, _ what: String) -> AWSError {
        AWSError(
            "RequestEntityTooLargeException",
            "Request must be smaller than \(limit) bytes for \(what)", status: 413)
    }
}
