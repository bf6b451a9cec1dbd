/// Fetches documents of other servers, such as the keys of an identity provider.
package protocol WebClient: Sendable {
    /// The body of what a URL answers with status 200.
    ///
    /// - Parameter limitBytes: how much of it is taken.
    /// - Throws: where nothing answers, or something else than 200.
    func get(_ url: String, limitBytes: Int) async throws -> [UInt8]
}
