/// Makes the encoded messages that some services give in place of a reason, which `DecodeAuthorizationMessage` opens.
package protocol AuthorizationMessages: Sendable {
    /// Encodes a message so that nobody but `DecodeAuthorizationMessage` can read it.
    func encode(_ message: String) async throws -> String
}
