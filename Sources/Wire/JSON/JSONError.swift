/// Why a text is not the JSON that was expected.
package struct JSONError: BodySyntaxError, Sendable, Hashable {
    /// What is wrong, as a sentence without its full stop.
    package let reason: String
    /// The position of the byte at which it shows.
    package let offset: Int

    package var message: String { "Could not parse request body into json: \(reason)" }
}
