import Platform
import ServiceKit

/// Makes and opens the messages that say why something was refused.
struct EncodedMessages: AuthorizationMessages {
    /// Tells messages from session tokens, which are sealed alike.
    private static let mark = "apus-denial:"

    let seals: SealStore
    let randomness: any Randomness

    func encode(_ message: String) async throws -> String {
        try await seals.seal().seal(
            Array((Self.mark + message).utf8), nonce: randomness.bytes(TokenSeal.nonceBytes))
    }

    /// The message that was encoded; `nil` for anything else.
    func decode(_ text: String) async throws -> String? {
        guard let content = try await seals.seal().open(text) else { return nil }
        let message = String(decoding: content, as: UTF8.self)
        guard message.hasPrefix(Self.mark) else { return nil }
        return String(message.dropFirst(Self.mark.count))
    }
}
