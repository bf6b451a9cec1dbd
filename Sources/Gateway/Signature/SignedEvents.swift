import Crypto
import NIOCore
import Platform
import Wire

/// The bytes of an event stream out of the messages that sign it: the payload of each is a message of the stream, and
/// its signature covers the one before it; the first covers the request's. An empty payload ends the stream.
///
/// <https://docs.aws.amazon.com/transcribe/latest/dg/streaming-http2.html>
struct SignedEvents: AsyncSequence, Sendable {
    let messages: EventStreamMessages
    /// Verifies the messages; `nil` where the request's signature cannot be verified either.
    let verifier: EventVerifier?

    struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var messages: EventStreamMessages.Iterator
        fileprivate var verifier: EventVerifier?
        fileprivate var isAtEnd = false

        mutating func next() async throws -> ByteBuffer? {
            if isAtEnd { return nil }
            do {
                guard let message = try await messages.next() else {
                    throw AWSError("IncompleteBody", "The event stream has no signed end.")
                }
                try verifier?.verify(message)
                isAtEnd = message.payload.isEmpty
                return isAtEnd ? nil : ByteBuffer(bytes: message.payload)
            } catch is EventStreamError {
                throw AWSError("SerializationException", "The event stream is malformed")
            } catch let failure as SignatureFailure {
                throw failure.awsError(in: .restJSON)
            }
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(messages: messages.makeAsyncIterator(), verifier: verifier)
    }
}

/// Verifies the signatures of a stream's messages, one after the other.
struct EventVerifier: Sendable {
    private static let date = ":date"
    private static let signature = ":chunk-signature"

    /// The key of a day, region and service.
    let key: @Sendable (CredentialScope) -> SigningKey
    let scope: CredentialScope
    let accessKeyID: String
    /// The signature that the next one covers, in hexadecimal: at first the request's.
    var previous: String

    /// - Throws: `SignatureFailure` where `message` has no signature, or another than its own.
    mutating func verify(_ message: EventStreamMessage) throws {
        guard case .timestamp(let date)? = message.value(Self.date),
            case .bytes(let signature)? = message.value(Self.signature)
        else { throw SignatureFailure.incomplete(missing: [Self.date, Self.signature]) }
        let (given, text) = (Hexadecimal.string(signature), text(date, message))
        guard key(scope(of: date)).verify(given, of: text) else {
            throw SignatureFailure.mismatch(
                .init(
                    accessKeyID: accessKeyID, signature: given, stringToSign: text,
                    canonicalRequest: ""))
        }
        previous = given
    }

    /// `event` in a signed message, as a client makes it.
    mutating func sign(_ event: [UInt8], at date: Instant) -> EventStreamMessage {
        var message = EventStreamMessage(
            headers: [.init(Self.date, .timestamp(date))], payload: event)
        previous = key(scope(of: date)).sign(text(date, message))
        message.headers.append(
            .init(Self.signature, .bytes(Hexadecimal.bytes(previous) ?? [])))
        return message
    }

    private func text(_ date: Instant, _ message: EventStreamMessage) -> String {
        let signed = EventStreamMessage(headers: [.init(Self.date, .timestamp(date))])
        let headers = Hexadecimal.string(SHA256.hash(data: Array(buffer: signed.encodedHeaders)))
        let payload = Hexadecimal.string(SHA256.hash(data: message.payload))
        return
            "AWS4-HMAC-SHA256-PAYLOAD\n\(date.iso8601Basic)\n\(scope(of: date))\n\(previous)\n\(headers)\n\(payload)"
    }

    /// The scope on the day of a message: a stream may go on past midnight.
    private func scope(of date: Instant) -> CredentialScope {
        var scope = scope
        scope.date = String(date.iso8601Basic.prefix(8))
        return scope
    }
}
