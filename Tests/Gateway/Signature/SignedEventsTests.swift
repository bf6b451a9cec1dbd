import NIOCore
import Platform
import Testing
import Wire

@testable import Gateway

@Suite("Signed event streams")
struct SignedEventsTests {
    private static let scope = CredentialScope(
        date: "20260101", region: "us-east-1", service: "transcribe")
    private static let start = Instant(seconds: 1_767_225_600)

    private static var verifier: EventVerifier {
        EventVerifier(
            key: { SigningKey(secret: "secret", scope: $0) }, scope: scope, accessKeyID: "AKID",
            previous: String(repeating: "0", count: 64))
    }

    /// The events of a client that signs one an hour, and the end.
    private static func messages(_ events: [String]) -> [EventStreamMessage] {
        var signer = verifier
        return (events + [""]).enumerated().map { index, event in
            signer.sign(Array(event.utf8), at: start + .seconds(3_600 * index))
        }
    }

    private static func read(_ messages: [EventStreamMessage]) async throws -> [String] {
        var bytes = ByteBuffer()
        for message in messages {
            var encoded = message.encoded
            bytes.writeBuffer(&encoded)
        }
        var events: [String] = []
        let stream = SignedEvents(messages: EventStreamMessages(.bytes(bytes)), verifier: verifier)
        for try await event in stream { events.append(String(buffer: event)) }
        return events
    }

    @Test("the events are what was signed, past midnight too")
    func read() async throws {
        let events = (0..<30).map { "event \($0)" }
        #expect(try await Self.read(Self.messages(events)) == events)
    }

    @Test("an event that is changed, left out or moved is refused", arguments: 0..<4)
    func tampered(kind: Int) async throws {
        var messages = Self.messages(["a", "b", "c"])
        let code: String
        switch kind {
        case 0:
            messages[1].payload = [1]
            code = "InvalidSignatureException"
        case 1:
            messages.remove(at: 1)
            code = "InvalidSignatureException"
        case 2:
            messages[1].headers = []
            code = "IncompleteSignatureException"
        default:
            messages.removeLast()
            code = "IncompleteBody"
        }
        let stream = messages
        let error = await #expect(throws: AWSError.self) { try await Self.read(stream) }
        #expect(error?.code == code)
    }
}
