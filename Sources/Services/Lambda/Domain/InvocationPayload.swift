import LambdaModel
import Wire

/// The event of an invocation.
enum InvocationPayload {
    /// Checks an event; one that is empty is an empty object.
    ///
    /// - Throws: `RequestTooLargeException`, `InvalidRequestContentException`.
    static func validated(_ payload: [UInt8]?, isAsynchronous: Bool) throws -> [UInt8] {
        let payload = payload ?? []
        let limit =
            isAsynchronous
            ? LambdaLimits.asynchronousPayloadBytes : LambdaLimits.payloadBytes
        guard payload.count <= limit else {
            throw LambdaError.requestTooLargeException.user(
                "Request must be smaller than \(limit) bytes for the InvokeFunction operation")
        }
        guard !payload.isEmpty else { return Array("{}".utf8) }
        let reader = JSONReader(payload)
        do {
            try reader.skip()
            try reader.end()
        } catch {
            let reason = (error as? JSONError)?.reason ?? "it is no JSON"
            throw LambdaError.invalidRequestContentException.user(
                "Could not parse request body into json: Could not parse payload into json: "
                    + reason)
        }
        return payload
    }

    /// The client context as JSON, from the header that carries it in base64.
    ///
    /// - Throws: `InvalidRequestContentException`.
    static func clientContext(_ header: String?) throws -> String? {
        guard let header, !header.isEmpty else { return nil }
        guard header.utf8.count <= LambdaLimits.clientContextBytes,
            let bytes = Base64.decode(Array(header.utf8)),
            case .object? = try? Document(json: bytes)
        else {
            throw LambdaError.invalidRequestContentException.user(
                "Client context must be a valid Base64-encoded JSON object.")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
